package io.gkm.netlink;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;

/**
 * The calls of libc that this module needs. Public only because jnr-ffi asks for it: not an API.
 *
 * <p>What is called for every message takes pointers into memory that is there already: an array
 * would be copied each time, and key octets with it.
 */
public interface LibC {
  LibC INSTANCE = LibraryLoader.create(LibC.class).load("c");
  Runtime RUNTIME = Runtime.getRuntime(INSTANCE);

  int open(@In String path, int flags);

  int setns(int descriptor, int type);

  int unshare(int flags);

  int close(int descriptor);

  int socket(int domain, int type, int protocol);

  int bind(int descriptor, @In byte[] address, int length);

  int getsockname(int descriptor, @Out byte[] address, IntByReference length);

  int setsockopt(int descriptor, int level, int name, @In byte[] value, int length);

  long sendto(int descriptor, Pointer data, long length, int flags, Pointer to, int toLength);

  long recvfrom(
      int descriptor, Pointer data, long length, int flags, Pointer from, Pointer fromLength);

  int eventfd(int value, int flags);

  long write(int descriptor, @In byte[] data, long length);

  long read(int descriptor, Pointer data, long length);

  int ioctl(int descriptor, long request, Pointer argument);

  int poll(Pointer descriptors, long count, int milliseconds);

  /** The errno of this thread's last call. */
  static int errno() {
    return LastError.getLastError(RUNTIME);
  }
}
