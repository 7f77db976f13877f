package io.gkm.netlink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace (see setns(2)): by the name that {@code ip netns add NAME} gave it in
 * /run/netns, by the path of a file that stands for it (such as /proc/PID/ns/net), by an open file
 * descriptor, or a new one for each use.
 *
 * <p>A thread is in one namespace, a socket stays in that of the thread which made it, and a new
 * thread starts in that of its creator. So code is never run in a namespace on a thread that
 * anybody goes on using; a socket that it opened there may be used by any thread afterwards.
 */
public final class NetworkNamespace {
  private static final int O_RDONLY = 0;
  private static final int O_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private final String name;
  private final Entrance entrance;

  private NetworkNamespace(String name, Entrance entrance) {
    this.name = name;
    this.entrance = entrance;
  }

  /** Takes the calling thread into the namespace. */
  private interface Entrance {
    void enter() throws IOException;
  }

  /** The namespace of this name, whether it exists yet or not. */
  public static NetworkNamespace of(String name) {
    if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
      throw new IllegalArgumentException("network namespace name: " + name);
    }
    return new NetworkNamespace(name, () -> enter("/run/netns/" + name));
  }

  /** The namespace that a file stands for, whether it exists yet or not. */
  public static NetworkNamespace of(Path file) {
    return new NetworkNamespace(file.toString(), () -> enter(file.toString()));
  }

  /** The namespace of an open file descriptor, which stays the caller's to close. */
  public static NetworkNamespace of(int descriptor) {
    String name = "file descriptor " + descriptor;
    return new NetworkNamespace(name, () -> enter(descriptor, name));
  }

  /**
   * A new, empty namespace each time it is entered; it ends with the last socket that was opened in
   * it. Needs CAP_SYS_ADMIN.
   */
  public static NetworkNamespace fresh() {
    return new NetworkNamespace(
        "new",
        () -> {
          if (LibC.INSTANCE.unshare(CLONE_NEWNET) != 0) {
            throw failure("a new network namespace");
          }
        });
  }

  public String name() {
    return name;
  }

  /**
   * Runs code on a throw-away thread inside the namespace and waits for it. What the code throws is
   * thrown here; a {@link NetlinkException} with the errno says that the namespace cannot be
   * entered (it does not exist, or this is not root).
   */
  public <T> T call(Callable<T> code) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              entrance.enter();
              return code.call();
            });
    Thread thread = new Thread(task, "netns-" + name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void enter(String path) throws IOException {
    int descriptor = LibC.INSTANCE.open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      throw failure("open " + path);
    }
    try {
      enter(descriptor, path);
    } finally {
      LibC.INSTANCE.close(descriptor);
    }
  }

  private static void enter(int descriptor, String name) throws IOException {
    if (LibC.INSTANCE.setns(descriptor, CLONE_NEWNET) != 0) {
      throw failure("setns to " + name);
    }
  }

  private static NetlinkException failure(String what) {
    return new NetlinkException(what, LibC.errno());
  }
}
