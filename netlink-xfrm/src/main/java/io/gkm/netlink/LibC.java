package io.gkm.netlink;

import java.nio.ByteBuffer;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;

/**
 * The calls of libc that this module needs. Public only because jnr-ffi asks for it: not an API.
 */
public interface LibC {
  LibC INSTANCE = LibraryLoader.create(LibC.class).load("c");
  Runtime RUNTIME = Runtime.getRuntime(INSTANCE);

  int open(@In String path, int flags);

  int setns(int descriptor, int type);

  int close(int descriptor);

  int socket(int domain, int type, int protocol);

  int bind(int descriptor, @In byte[] address, int length);

  int getsockname(int descriptor, @Out byte[] address, IntByReference length);

  int setsockopt(int descriptor, int level, int name, @In byte[] value, int length);

  long sendto(
      int descriptor, @In ByteBuffer data, long length, int flags, @In byte[] to, int toLength);

  long recvfrom(
      int descriptor,
      @Out ByteBuffer data,
      long length,
      int flags,
      @Out byte[] from,
      IntByReference fromLength);

  /** The errno of this thread's last call. */
  static int errno() {
    return LastError.getLastError(RUNTIME);
  }
}
