package io.gkm.netlink;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A named network namespace, as {@code ip netns add NAME} makes it in /run/netns (see setns(2)).
 *
 * <p>A thread is in one namespace, a socket stays in that of the thread which made it, and a new
 * thread starts in that of its creator. So code is never run in a namespace on a thread that
 * anybody goes on using.
 */
public final class NetworkNamespace {
  private static final int O_RDONLY = 0;
  private static final int O_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private final String name;

  private NetworkNamespace(String name) {
    this.name = name;
  }

  /** The namespace of this name, whether it exists yet or not. */
  public static NetworkNamespace of(String name) {
    if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
      throw new IllegalArgumentException("network namespace name: " + name);
    }
    return new NetworkNamespace(name);
  }

  public String name() {
    return name;
  }

  /**
   * Runs code on a throw-away thread inside the namespace and waits for it. What the code throws is
   * thrown here; an IOException with the errno says that the namespace cannot be entered (it does
   * not exist, or this is not root).
   */
  public <T> T call(Callable<T> code) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter();
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

  private void enter() throws IOException {
    String path = "/run/netns/" + name;
    int descriptor = LibC.INSTANCE.open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      throw failure("open " + path);
    }
    try {
      if (LibC.INSTANCE.setns(descriptor, CLONE_NEWNET) != 0) {
        throw failure("setns to " + path);
      }
    } finally {
      LibC.INSTANCE.close(descriptor);
    }
  }

  private static IOException failure(String what) {
    return new IOException(what + ": " + Errno.name(LibC.errno()));
  }
}
