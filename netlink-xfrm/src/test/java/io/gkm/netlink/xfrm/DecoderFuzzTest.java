package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gkm.netlink.BoundedDecoding;
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
        int before = in.remaining();
        message(NetlinkMessage.decode(in));
        assertThat(in.remaining()).isLessThanOrEqualTo(before - NetlinkMessage.HEADER);
      }
    } catch (NetlinkCodecException e) {
      told(e);
    }
  }

  private static void message(NetlinkMessage message) throws NetlinkCodecException {
    switch (message.type()) {
      case NetlinkMessage.ERROR -> error(message, KernelError::decode);
      case NetlinkMessage.DONE -> error(message, KernelError::decodeDone);
      default -> {
        Optional<XfrmMessageType> type = XfrmMessageType.of(message.type());
        if (type.isPresent()) {
          check(type.get(), false, message.payload());
        }
      }
    }
  }

  /** How an error is read from a message. */
  private interface ErrorDecoder {
    Optional<KernelError> decode(NetlinkMessage message) throws NetlinkCodecException;
  }

  private static void error(NetlinkMessage message, ErrorDecoder decoder)
      throws NetlinkCodecException {
    Optional<KernelError> error =
        BoundedDecoding.decode(message.payload(), in -> decoder.decode(with(message, in)));
    if (error.isPresent()) {
      assertThat(error.get().errno()).isPositive();
      assertThat(error.get().toString()).isNotEmpty();
    }
  }

  private static NetlinkMessage with(NetlinkMessage message, StructReader payload) {
    return new NetlinkMessage(
        message.type(), message.flags(), message.sequence(), message.portId(), payload);
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
    XfrmMessage message =
        BoundedDecoding.decode(in, octets -> XfrmMessage.decode(type, dump, octets));
    assertThat(message.type()).isEqualTo(type);
    assertThat(message.object()).isNotEmpty();
    // What is printed does not depend on the keys' octets.
    assertThat(message.toString()).isNotEmpty().isEqualTo(message.withoutKeys().toString());
    try (StructWriter out = new StructWriter()) {
      message.encode(out);
      XfrmMessage again =
          BoundedDecoding.again(out.reader(), octets -> XfrmMessage.decode(type, dump, octets));
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
    int family = data[1] & 0xff;
    try {
      XfrmAttribute attribute =
          BoundedDecoding.decode(
              StructReader.of(rest(data, 2)), in -> XfrmAttribute.decode(type, in, family));
      assertThat(attribute.attributeNumber()).isEqualTo(type.number());
      printsNoKey(attribute);
      try (StructWriter out = new StructWriter()) {
        attribute.encode(out);
        XfrmAttribute again =
            BoundedDecoding.again(out.reader(), in -> XfrmAttribute.decode(type, in, family));
        assertThat(again).isEqualTo(attribute).hasSameHashCodeAs(attribute);
      }
    } catch (NetlinkCodecException e) {
      told(e);
    }
  }

  /** What is printed is the same where the octets are not there at all. */
  private static void printsNoKey(XfrmAttribute attribute) {
    XfrmAttribute without = attribute.withoutKeys();
    if (attribute instanceof XfrmAead
        || attribute instanceof XfrmAuth
        || attribute instanceof XfrmAuthTrunc
        || attribute instanceof XfrmEncryption) {
      assertThat(without).isNotEqualTo(attribute);
    }
    assertThat(attribute.toString()).isNotEmpty().isEqualTo(without.toString());
  }

  private static byte[] rest(byte[] data, int from) {
    return Arrays.copyOfRange(data, from, data.length);
  }
}
