package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Recorded answers, made answers to a request of ours. */
public final class CapturedAnswers {
  private CapturedAnswers() {}

  /**
   * A copy in which every message has the request's sequence number and port id; it ends with the
   * first message whose length is wrong.
   */
  public static byte[] addressedTo(NetlinkMessage request, byte[] datagram) {
    byte[] copy = datagram.clone();
    ByteBuffer out = ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
    int at = 0;
    while (copy.length - at >= 16) {
      int length = out.getInt(at);
      out.putInt(at + 8, request.sequence()).putInt(at + 12, request.portId());
      if (length < 16 || length > copy.length - at) {
        break;
      }
      at += (length + 3) & ~3;
    }
    return copy;
  }
}
