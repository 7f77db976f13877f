package io.gkm.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder and the file of a control socket: nobody but root and the own user gets at them. */
final class ControlFiles {
  private static final int S_IFMT = 0170000;
  private static final int S_IFSOCK = 0140000;

  private ControlFiles() {}

  /** Makes the folder (0700) unless it is there; refuses one that others may write to. */
  static void prepareFolder(Path folder) throws ControlException {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (!Files.isDirectory(folder)) {
        throw new ControlException(folder + " is not a folder");
      }
      int owner = (int) Files.getAttribute(folder, "unix:uid");
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      if ((owner != 0 && owner != ownUser())
          || permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new ControlException(
            "others may write to the folder "
                + folder
                + " of the control socket; make it private (chmod 700) or choose another socket");
      }
    } catch (NoSuchFileException e) {
      throw new ControlException(
          "cannot make the folder " + folder + ": the folder it is in does not exist", e);
    } catch (ControlException e) {
      throw e;
    } catch (IOException e) {
      throw new ControlException("cannot make the folder " + folder + ": " + reason(e), e);
    }
  }

  /**
   * Removes what a daemon that was killed has left. Only the holder of the lock may call this:
   * otherwise the socket may be in use.
   */
  static void removeLeftover(Path socket) throws ControlException {
    try {
      int mode =
          (int) Files.getAttribute(socket, "unix:mode", java.nio.file.LinkOption.NOFOLLOW_LINKS);
      if ((mode & S_IFMT) != S_IFSOCK) {
        throw new ControlException(
            socket + " is there and is not a socket; choose another control socket");
      }
      Files.delete(socket);
    } catch (NoSuchFileException nothingLeft) {
      return;
    } catch (ControlException e) {
      throw e;
    } catch (IOException e) {
      throw new ControlException("cannot replace " + socket + ": " + reason(e), e);
    }
  }

  static void makePrivate(Path socket) throws ControlException {
    try {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new ControlException("cannot make " + socket + " private: " + reason(e), e);
    }
  }

  /** The user this process runs as. */
  static int ownUser() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  static String reason(IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied; gkm run needs root, or CAP_NET_ADMIN and folders of its own";
    }
    return e.getMessage();
  }
}
