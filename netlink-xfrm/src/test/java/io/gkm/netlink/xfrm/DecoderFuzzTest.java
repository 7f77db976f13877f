package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gkm.netlink.KernelError;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whatever octets come, a decoder gives a value or says that they are malformed, and nothing else;
 * a value is encoded and decoded to itself, and prints none of its keys' octets. In a test run each
 * is given the committed inputs (src/test/resources, DecoderFuzzTestInputs); scripts/fuzz looks for
 * more.
 */
class DecoderFuzzTest {
  /** A datagram from the kernel: messages, acknowledgements, the end of a dump. */
  @FuzzTest
  void datagram(byte[] data) {
    try {
      StructReader in = StructReader.of(data);
      while (in.remaining() > 0) {
        message(NetlinkMessage.decode(in));
      }
    } catch (NetlinkCodecException e) {
      told(e);
    }
  }

  private static void message(NetlinkMessage message) throws NetlinkCodecException {
    switch (message.type()) {
      case NetlinkMessage.ERROR -> KernelError.decode(message).ifPresent(e -> told(e.errno()));
      case NetlinkMessage.DONE -> KernelError.decodeDone(message).ifPresent(e -> told(e.errno()));
      default -> {
        Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
        if (type.isPresent()) {
          check(type.get(), false, message.payload());
        }
      }
    }
  }

  private static void told(int errno) {
    assertThat(errno).isPositive();
  }

  private static void told(NetlinkCodecException e) {
    assertThat(e.getMessage()).startsWith("malformed netlink message: ").hasSizeLessThan(1000);
  }

  /** One message of any type: the first octet says which, the rest follows its header. */
  @FuzzTest
  void xfrmMessage(byte[] data) {
    if (data.length == 0) {
      return;
    }
    XfrmMessageType[] types = XfrmMessageType.values();
    int which = data[0] & 0xff;
    boolean dump = which >= 128;
    try {
      check(types[which % types.length], dump, StructReader.of(rest(data, 1)));
    } catch (NetlinkCodecException e) {
      told(e);
    }
  }

  private static void check(XfrmMessageType type, boolean dump, StructReader in)
      throws NetlinkCodecException {
    XfrmMessage message = XfrmMessage.decode(type, dump, in);
    assertThat(message.type()).isEqualTo(type);
    assertThat(message.object()).isNotEmpty();
    assertThat(message.toString()).isNotEmpty();
    assertThat(message.withoutKeys().toString()).isNotEmpty();
    try (StructWriter out = new StructWriter()) {
      message.encode(out);
      XfrmMessage again = XfrmMessage.decode(type, dump, out.reader());
      assertThat(again).isEqualTo(message).hasSameHashCodeAs(message);
    }
  }

  /** One attribute of any type: the first octet says which, the second the addresses' family. */
  @FuzzTest
  void xfrmAttribute(byte[] data) {
    if (data.length < 2) {
      return;
    }
    XfrmAttributeType[] types = XfrmAttributeType.values();
    XfrmAttributeType type = types[(data[0] & 0xff) % types.length];
    try {
      XfrmAttribute attribute =
          XfrmAttribute.decode(type, StructReader.of(rest(data, 2)), data[1] & 0xff);
      assertThat(attribute.attributeNumber()).isEqualTo(type.number());
      assertThat(attribute.toString()).isNotEmpty();
      try (StructWriter out = new StructWriter()) {
        attribute.encode(out);
        assertThat(XfrmAttribute.decode(type, out.reader(), data[1] & 0xff)).isEqualTo(attribute);
      }
    } catch (NetlinkCodecException e) {
      told(e);
    }
  }

  private static byte[] rest(byte[] data, int from) {
    return Arrays.copyOfRange(data, from, data.length);
  }
}
