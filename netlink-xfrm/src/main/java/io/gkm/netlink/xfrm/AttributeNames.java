package io.gkm.netlink.xfrm;

import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkConnection.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds the attribute that an extended acknowledgement points at. */
final class AttributeNames {
  private static final int MESSAGE_HEADER = 16;
  private static final int ATTRIBUTE_HEADER = 4;

  private AttributeNames() {}

  /** The name, or an empty text where the kernel names none. */
  static String of(XfrmRequest request, KernelError error) {
    if (error.missingType().isPresent()) {
      return XfrmAttributeType.name(error.missingType().getAsInt()) + " is missing";
    }
    if (error.offset().isEmpty()) {
      return "";
    }
    Request encoded = request.encode();
    try {
      return at(
          encoded.payload(),
          structLength(encoded.type()),
          error.offset().getAsInt() - MESSAGE_HEADER);
    } finally {
      Arrays.fill(encoded.payload(), (byte) 0);
    }
  }

  private static String at(byte[] payload, int struct, int offset) {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
    int start = struct;
    while (start + ATTRIBUTE_HEADER <= payload.length) {
      int length = in.getShort(start) & 0xffff;
      int end = start + ((length + 3) & ~3);
      if (length < ATTRIBUTE_HEADER || end > payload.length) {
        break;
      }
      if (offset >= start && offset < end) {
        return XfrmAttributeType.name(in.getShort(start + 2) & 0x3fff);
      }
      start = end;
    }
    return offset >= 0 && offset < struct ? "the fixed part, offset " + offset : "";
  }

  private static int structLength(int type) {
    return switch (type) {
      case XfrmMessageType.NEWSA, XfrmMessageType.UPDSA -> XfrmSaCodec.LENGTH;
      case XfrmMessageType.NEWPOLICY, XfrmMessageType.UPDPOLICY -> XfrmPolicy.LENGTH;
      case XfrmMessageType.DELSA -> 24;
      default -> 64;
    };
  }
}
