package io.gkm.agent.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A lock file (fcntl(2)) that one daemon holds while it runs; the kernel lets go of it when the
 * process ends in whatever way. The file stays: removing it would let two daemons lock two files.
 */
public final class DaemonLock implements AutoCloseable {
  private final FileChannel file;
  private final FileLock lock;

  private DaemonLock(FileChannel file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Locks for a control socket.
   *
   * @throws AlreadyRunningException when another daemon serves it
   * @throws ControlException when its folder cannot be used
   */
  public static DaemonLock forSocket(Path socket) throws IOException {
    return take(
        socket.resolveSibling(socket.getFileName() + ".lock"),
        "another gkm serves the control socket " + socket);
  }

  /**
   * Locks for the network namespace this process is in: two daemons would remove each other's SAs.
   *
   * @param folder where the lock files of all namespaces are
   * @throws AlreadyRunningException when another daemon works in it
   */
  public static DaemonLock forNetwork(Path folder) throws IOException {
    // The link names the namespace by its inode: net:[4026531840].
    String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    String number = namespace.replaceAll("[^0-9]", "");
    return take(
        folder.resolve("net-" + number + ".lock"),
        "another gkm works in this network namespace (" + namespace + ")");
  }

  private static DaemonLock take(Path path, String held) throws IOException {
    ControlFiles.prepareFolder(path.getParent());
    FileChannel file;
    try {
      file =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new ControlException("cannot open " + path + ": " + ControlFiles.reason(e), e);
    }
    FileLock lock = null;
    try {
      lock = file.tryLock();
      if (lock == null) {
        throw new AlreadyRunningException(held + holder(file) + "; stop it first");
      }
      file.truncate(0);
      file.write(
          ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)),
          0);
      return new DaemonLock(file, lock);
    } catch (OverlappingFileLockException e) {
      throw new AlreadyRunningException(held + " in this very process");
    } finally {
      if (lock == null) {
        file.close();
      }
    }
  }

  private static String holder(FileChannel file) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(20);
    file.read(content, 0);
    String pid = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
    return pid.matches("[0-9]+") ? ", process " + pid : "";
  }

  @Override
  public void close() throws IOException {
    try (file) {
      lock.release();
    }
  }
}
