package io.gkm.bench;

import com.sun.management.ThreadMXBean;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How fast SAs and policies go into the kernel: netlink-xfrm beside a C program that does the same
 * raw netlink, and beside {@code ip -batch}, in turns, each with everything removed before. Medians
 * of several rounds.
 *
 * <p>Arguments: the C program, then {@code sa} or {@code policy}, then how many. Wants a network
 * namespace of its own: it removes all SAs or policies.
 */
public final class NetlinkBench {
  /** The JVM compiles what runs often; a daemon has run for long. */
  private static final int WARM_UP = 100;

  private static final int ROUNDS = 21;

  /** As in xfrm_floor.c. */
  private static final int SETTLE_MILLISECONDS = 30;

  private final String floor;
  private final NetlinkObjects objects;
  private final int count;
  private final Path script;
  private final XfrmClient client;

  private NetlinkBench(String floor, NetlinkObjects objects, int count, XfrmClient client)
      throws IOException {
    this.floor = floor;
    this.objects = objects;
    this.count = count;
    this.client = client;
    this.script = Files.createTempFile("gkm-bench", ".ip");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("xfrm " + objects.ipName() + " add " + objects.words(i));
    }
    Files.write(script, lines);
  }

  public static void main(String[] arguments) throws Exception {
    NetlinkObjects objects = arguments[1].equals("sa") ? NetlinkObjects.SA : NetlinkObjects.POLICY;
    try (XfrmClient client = XfrmClient.open()) {
      NetlinkBench bench =
          new NetlinkBench(arguments[0], objects, Integer.parseInt(arguments[2]), client);
      try {
        bench.run();
      } finally {
        bench.clear();
        Files.delete(bench.script);
      }
    }
  }

  private void run() throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      batch();
      single();
    }
    List<Long> ourBatch = new ArrayList<>();
    List<Long> ourSingle = new ArrayList<>();
    List<Long> theirBatch = new ArrayList<>();
    List<Long> theirSingle = new ArrayList<>();
    List<Long> ip = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      ourBatch.add(batch());
      theirBatch.add(floor("batch"));
      ourSingle.add(single());
      theirSingle.add(floor("single"));
      if (i % 2 == 0) {
        ip.add(ipBatch());
      }
    }
    double batch = perSecond(ourBatch);
    double single = perSecond(ourSingle);
    String name = objects.shortName();
    table("batch", batch, perSecond(theirBatch));
    table("one by one", single, perSecond(theirSingle));
    System.out.printf("  %-22s %38.0f/s%n", "ip -batch", perSecond(ip));
    figure("netlink-batch-" + name, batch, "per-second");
    ratio("netlink-batch-" + name, batch / perSecond(theirBatch), "C");
    ratio("netlink-batch-" + name, batch / perSecond(ip), "ip-batch");
    ratio("netlink-single-" + name, single / perSecond(theirSingle), "C");
    dump();
    allocated();
  }

  private void dump() throws Exception {
    batch();
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    for (int i = 0; i < WARM_UP + ROUNDS; i++) {
      long start = System.nanoTime();
      int seen =
          objects == NetlinkObjects.SA ? client.dumpSas().size() : client.dumpPolicies().size();
      long took = System.nanoTime() - start;
      if (seen != count) {
        throw new IllegalStateException(seen + " of " + count);
      }
      if (i >= WARM_UP) {
        ours.add(took);
        theirs.add(floor("dump"));
      }
    }
    table("list", perSecond(ours), perSecond(theirs));
    ratio("netlink-dump-" + objects.shortName(), perSecond(ours) / perSecond(theirs), "C-unparsed");
  }

  /** What a batch allocates when the values are there already. */
  private void allocated() throws Exception {
    List<XfrmMessage> messages = objects.make(0, count);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    clear();
    long before = threads.getCurrentThreadAllocatedBytes();
    List<Optional<XfrmException>> results = client.batch(messages);
    long after = threads.getCurrentThreadAllocatedBytes();
    check(results);
    figure(
        "netlink-batch-alloc-" + objects.shortName(),
        (double) (after - before) / count,
        "bytes-per-message");
  }

  private long batch() throws Exception {
    clear();
    settle();
    List<XfrmMessage> fresh = objects.make(0, count);
    long start = System.nanoTime();
    add(fresh);
    return System.nanoTime() - start;
  }

  private void add(List<XfrmMessage> messages) throws NetlinkException {
    check(client.batch(messages));
  }

  private static void check(List<Optional<XfrmException>> results) {
    for (Optional<XfrmException> result : results) {
      if (result.isPresent()) {
        throw new IllegalStateException(result.get());
      }
    }
  }

  private long single() throws Exception {
    clear();
    settle();
    List<XfrmMessage> fresh = objects.make(0, count);
    long start = System.nanoTime();
    for (XfrmMessage message : fresh) {
      client.execute(message);
    }
    return System.nanoTime() - start;
  }

  private long floor(String mode) throws Exception {
    return Long.parseLong(
        output(List.of(floor, objects.shortName(), mode, Integer.toString(count))).trim());
  }

  /** With its start and the reading of its file, which are a small part. */
  private long ipBatch() throws Exception {
    clear();
    settle();
    long start = System.nanoTime();
    output(List.of("ip", "-batch", script.toString()));
    return System.nanoTime() - start;
  }

  private void clear() throws NetlinkException, XfrmException {
    if (objects == NetlinkObjects.SA) {
      client.flushSas(0);
    } else {
      client.flushPolicies();
    }
  }

  /** The kernel frees what was removed a little later; that must not fall into what is measured. */
  private static void settle() throws InterruptedException {
    Thread.sleep(SETTLE_MILLISECONDS);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
    return output;
  }

  private double perSecond(List<Long> nanoseconds) {
    List<Long> sorted = new ArrayList<>(nanoseconds);
    Collections.sort(sorted);
    return count * 1e9 / sorted.get(sorted.size() / 2);
  }

  private void table(String what, double ours, double theirs) {
    System.out.printf(
        "  %-22s netlink-xfrm %10.0f/s   C %10.0f/s%n",
        what + " (" + objects.shortName() + ")", ours, theirs);
  }

  private static void ratio(String name, double value, String reference) {
    System.out.printf("ratio %s %.2f vs %s%n", name, value, reference);
  }

  private static void figure(String name, double value, String unit) {
    System.out.printf("figure %s %.0f %s%n", name, value, unit);
  }
}
