package io.gkm.lab.demo;

import io.gkm.lab.Capture;
import io.gkm.lab.CapturedPacket;
import io.gkm.lab.DatagramFlow;
import io.gkm.lab.GroupLab;
import io.gkm.lab.KernelView;
import io.gkm.lab.LabException;
import io.gkm.lab.LabProcess;
import io.gkm.lab.MulticastReceiver;
import io.gkm.lab.Traffic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key server, a sender, two receivers and an outsider on one bridge. Prints what happens, checks
 * each thing it prints, and ends with status 0 only if all of it was really seen.
 */
public final class GroupDemo {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int DATAGRAMS = 5;
  private static final DatagramFlow FLOW =
      DatagramFlow.to("239.1.1.1", 5000, "meet at the old mill");

  private final GroupLab lab;
  private final Story story;
  private final Map<String, LabProcess> members = new LinkedHashMap<>();

  private GroupDemo(GroupLab lab, Story story) {
    this.lab = lab;
    this.story = story;
  }

  /** Runs the demonstration in this machine's network namespaces; needs root and ESP. */
  public static void main(String[] args) {
    Story story = new Story();
    try (GroupLab lab = GroupLab.create()) {
      new GroupDemo(lab, story).tell();
    } catch (LabException e) {
      story.broken(e);
    }
    System.exit(story.end());
  }

  private void tell() {
    closedBeforeKeys();
    registration();
    kernel();
    traffic();
    leaving();
  }

  private void closedBeforeKeys() {
    story.chapter("gkm starts on three hosts; the key server is still down");
    members.put("sender", lab.startMember("sender", "sender"));
    members.put("receiver1", lab.startMember("receiver1", "receiver"));
    members.put("receiver2", lab.startMember("receiver2", "receiver"));
    members.values().forEach(m -> m.awaitLine("gkm: running", GroupLab.PATIENCE));
    int taken = Traffic.trySend(lab.host("sender"), FLOW, 0, DATAGRAMS, Duration.ZERO);
    story.check(taken == 0, "the guards let %d of %d datagrams of the group out", taken, DATAGRAMS);
  }

  private void registration() {
    story.chapter("the key server comes up; who registers");
    LabProcess controller = lab.startController(GroupLab.POLICY);
    for (Map.Entry<String, LabProcess> member : members.entrySet()) {
      String line = lab.awaitMember(member.getKey(), member.getValue());
      story.show("%-9s %s", member.getKey(), line.replaceFirst("^.*INFO gkm: ", ""));
      controller.awaitLine("registered fqdn:" + member.getKey(), SOON);
    }
    story.check(true, "the key server registered %d members", members.size());
  }

  private void kernel() {
    story.chapter("what the sender's kernel holds now (ip xfrm state, ip xfrm policy)");
    String states = withoutKeys(lab.host("sender").exec("ip", "xfrm", "state").orThrow().stdout());
    String policies = lab.host("sender").exec("ip", "xfrm", "policy").orThrow().stdout();
    (states + policies).lines().forEach(line -> story.show("%s", line.replace("\t", "  ")));
    boolean same =
        members.keySet().stream()
                .map(n -> KernelView.sas(lab.host(n)).get(0).spi())
                .distinct()
                .count()
            == 1;
    story.check(same, "sender and receivers hold the SA with the group's SPI %s", spi());
  }

  private void traffic() {
    story.chapter("the sender sends %d datagrams; the outsider injects %d in clear", DATAGRAMS, 3);
    MulticastReceiver first = MulticastReceiver.join(lab.host("receiver1"), FLOW);
    MulticastReceiver second = MulticastReceiver.join(lab.host("receiver2"), FLOW);
    MulticastReceiver outside = MulticastReceiver.join(lab.host("outsider"), FLOW);
    Capture wire = Capture.start(lab.lab(), lab.wire(), GroupLab::isGroupTraffic);
    Traffic.send(lab.host("outsider"), FLOW.withMarker("forged"), 3);
    wire.awaitPacket(p -> p.shows("forged 2"), SOON);
    Traffic.send(lab.host("sender"), FLOW, 0, DATAGRAMS, Duration.ofMillis(5));
    first.awaitCount(DATAGRAMS, SOON);
    second.awaitCount(DATAGRAMS, SOON);
    List<CapturedPacket> sent =
        wire.stop().stream().filter(p -> p.source().getHostAddress().equals("10.9.0.2")).toList();
    sent.forEach(
        p ->
            story.show(
                "wire: %s > %s %s spi 0x%08x seq %d",
                p.source().getHostAddress(),
                p.destination().getHostAddress(),
                p.isEsp() ? "ESP" : "IN CLEAR",
                p.espSpi(),
                p.espSequence()));
    boolean hidden =
        sent.size() == DATAGRAMS
            && sent.stream().allMatch(p -> p.isEsp() && spi().equals(hex(p.espSpi())))
            && sent.stream().noneMatch(p -> p.shows(FLOW.marker()));
    story.check(
        hidden, "on the wire: %d packets of the sender, all ESP, none readable", sent.size());
    checkReader("receiver1", first);
    checkReader("receiver2", second);
    int leaked = outside.sequences(FLOW.marker()).size();
    story.check(leaked == 0, "outsider: joined the group address, read %d", leaked);
  }

  private void checkReader(String name, MulticastReceiver reader) {
    int got = reader.sequences(FLOW.marker()).size();
    int forged = reader.sequences("forged").size();
    story.check(
        got == DATAGRAMS && forged == 0,
        "%s: read %d of %d, and %d of the forged ones",
        name,
        got,
        DATAGRAMS,
        forged);
  }

  private void leaving() {
    story.chapter("SIGTERM: the members leave");
    boolean clean = true;
    for (LabProcess member : members.values()) {
      member.terminate();
    }
    for (Map.Entry<String, LabProcess> member : members.entrySet()) {
      int exit = member.getValue().awaitExit(GroupLab.PATIENCE);
      String policies = KernelView.policies(lab.host(member.getKey()));
      boolean closed =
          KernelView.sas(lab.host(member.getKey())).isEmpty()
              && policies.contains("action block")
              && !policies.contains("tmpl");
      clean &= exit == 0 && closed;
    }
    story.check(clean, "all ended with status 0 and left no SA, only blocks");
  }

  private String spi() {
    return hex(KernelView.sas(lab.host("sender")).get(0).spi());
  }

  private static String hex(long spi) {
    return String.format("0x%08x", spi);
  }

  private static String withoutKeys(String states) {
    return states.replaceAll("(\\([a-z0-9]+\\)) 0x[0-9a-f]+", "$1 (key not shown)");
  }
}
