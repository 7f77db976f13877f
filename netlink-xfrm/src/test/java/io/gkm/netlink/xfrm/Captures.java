package io.gkm.netlink.xfrm;

import io.gkm.netlink.CaptureFiles;
import java.util.List;

/** Messages between ip-xfrm and a kernel, recorded by capture.sh. */
final class Captures {
  private static final CaptureFiles FILES =
      CaptureFiles.beside(Captures.class, "captures/state-add-gcm-v4.hex");

  private Captures() {}

  /** The one request of a command. */
  static byte[] request(String name) {
    return FILES.requests(name);
  }

  /** The kernel's answers to a command, one element a datagram. */
  static List<byte[]> replies(String name) {
    return FILES.replies(name);
  }

  /** Every datagram of every file, in the order of the names. */
  static List<byte[]> all() {
    return FILES.all();
  }
}
