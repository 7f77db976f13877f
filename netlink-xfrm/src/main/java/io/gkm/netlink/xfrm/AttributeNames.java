package io.gkm.netlink.xfrm;

import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.OptionalInt;

/** Finds the attribute that an extended acknowledgement points at. */
final class AttributeNames {
  private AttributeNames() {}

  /** The name, or an empty text where the kernel names none. */
  static String of(XfrmMessage request, KernelError error) {
    if (error.missingType().isPresent()) {
      String missing = XfrmAttributeType.name(error.missingType().getAsInt()) + " is missing";
      String nest = at(request, error.missingNest());
      return nest.isEmpty() ? missing : missing + " in " + nest;
    }
    return at(request, error.offset());
  }

  private static String at(XfrmMessage request, OptionalInt offset) {
    if (offset.isEmpty()) {
      return "";
    }
    try (StructWriter out = new StructWriter()) {
      request.encode(out);
      return at(out.reader(), structLength(request), offset.getAsInt() - NetlinkMessage.HEADER);
    } catch (NetlinkCodecException e) {
      throw new IllegalStateException("what we encode is well-formed", e);
    }
  }

  private static String at(StructReader in, int struct, int offset) throws NetlinkCodecException {
    if (offset >= 0 && offset < struct) {
      return "the fixed part, offset " + offset;
    }
    in.skip("struct", Math.min(struct, in.remaining()));
    while (in.remaining() > 0) {
      int start = in.offset();
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      if (offset >= start && offset < in.offset()) {
        return XfrmAttributeType.name(attribute.type());
      }
    }
    return "";
  }

  /** A dump has no struct; the struct's padding belongs to it. */
  private static int structLength(XfrmMessage request) {
    return request instanceof XfrmDumpSas || request instanceof XfrmDumpPolicies
        ? 0
        : (request.type().structLength() + 3) & ~3;
  }
}
