package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Shorthands of the tests of this package: bodies and refusals in hexadecimal. */
final class Wire {
  private Wire() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static ByteReader reader(String hex) {
    return new ByteReader(bytes(hex));
  }

  static Octets octets(String hex) {
    return Octets.of(bytes(hex));
  }

  /** Octets of the same value. */
  static String repeat(String hex, int count) {
    return hex.repeat(count);
  }

  /** Decodes a payload body of the type, whose first octet has offset 0. */
  static Payload decode(int type, String hex) throws WireException {
    ByteReader in = reader(hex);
    Payload payload = PayloadDecoder.decode(type, 0, 0, in);
    in.expectEnd("body");
    return payload;
  }

  static String encode(Payload payload) {
    ByteWriter out = new ByteWriter();
    payload.encodeBody(out);
    return out.toOctets().toHex();
  }

  /** Expects the body to be refused because of the field at the offset. */
  static void refuses(int type, String hex, String field, int offset) {
    refuses(() -> decode(type, hex), field, offset);
  }

  static void refuses(ThrowingCallable decoding, String field, int offset) {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(decoding)
        .matches(e -> e.field().equals(field), "field " + field)
        .matches(e -> e.offset() == offset, "offset " + offset)
        .matches(e -> e.notifyType() == NotifyType.INVALID_SYNTAX, "INVALID_SYNTAX");
  }
}
