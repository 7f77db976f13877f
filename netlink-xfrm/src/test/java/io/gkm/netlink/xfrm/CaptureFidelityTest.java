package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.ScriptedKernel;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every message that was recorded between ip-xfrm and a kernel, requests and answers, is decoded
 * and encoded to what it was: the struct octet for octet, each attribute octet for octet; only that
 * the main policy database is meant need not be said.
 */
class CaptureFidelityTest {
  @Test
  void everyRecordedMessageComesBackAsItWas() throws Exception {
    int compared = 0;
    Set<XfrmMessageType> types = EnumSet.noneOf(XfrmMessageType.class);
    for (byte[] datagram : Captures.all()) {
      for (NetlinkMessage message : ScriptedKernel.messages(datagram)) {
        XfrmMessageType type = XfrmMessageType.of(message.type()).orElse(null);
        if (type != null) {
          compare(type, isDump(type, message), message.payload());
          types.add(type);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(90);
    assertThat(types).hasSizeGreaterThan(14);
  }

  private static boolean isDump(XfrmMessageType type, NetlinkMessage message) {
    return (type == XfrmMessageType.GETSA || type == XfrmMessageType.GETPOLICY)
        && message.has(NetlinkMessage.F_DUMP);
  }

  private static void compare(XfrmMessageType type, boolean dump, StructReader payload)
      throws Exception {
    XfrmMessage message = XfrmMessage.decode(type, dump, payload.copy());
    try (StructWriter out = new StructWriter()) {
      message.encode(out);
      int struct = dump ? 0 : (type.structLength() + 3) & ~3;
      String what = message.toString();
      StructReader ours = out.reader();
      assertThat(struct(ours, struct)).as(what).isEqualTo(struct(payload, struct));
      assertThat(attributes(ours)).as(what).isEqualTo(attributes(payload));
    }
  }

  private static String struct(StructReader in, int length) throws Exception {
    int there = Math.min(length, in.remaining());
    String octets = HexFormat.of().formatHex(in.bytes("struct", there));
    // The padding of a short struct may be there or not.
    return octets + "0".repeat(2 * (length - there));
  }

  private static Map<String, String> attributes(StructReader in) throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    while (in.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      StructReader value = attribute.value();
      String octets = HexFormat.of().formatHex(value.bytes("value", value.remaining()));
      attributes.put(XfrmAttributeType.name(attribute.type()), octets);
    }
    // The main database is meant where nothing is said, too.
    attributes.remove("XFRMA_POLICY_TYPE", "000000000000");
    return attributes;
  }
}
