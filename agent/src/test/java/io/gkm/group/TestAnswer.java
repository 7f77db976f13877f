package io.gkm.group;

import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A key server's answer, from octets: GSA and KD go through the decoder as they do from the wire.
 */
final class TestAnswer {
  /** The IKE SA's GSK_w in all these tests. */
  private static final byte[] GSK_W = TestSa.material(32, 5);

  final List<TestSa> sas;
  byte[] groupWide = {};
  byte[] memberBag = {};
  byte[] extraBag = {};
  List<Integer> notifies = new ArrayList<>(List.of(NotifyType.USE_TRANSPORT_MODE));

  private TestAnswer(List<TestSa> sas) {
    this.sas = sas;
  }

  static TestAnswer of(TestSa... sas) {
    return new TestAnswer(Arrays.asList(sas));
  }

  /** A group-wide policy with these attributes, in hexadecimal. */
  TestAnswer groupWide(String attributes) {
    groupWide = member(attributes);
    return this;
  }

  /** A member key bag with these attributes, in hexadecimal. */
  TestAnswer memberBag(String attributes) {
    memberBag = member(attributes);
    return this;
  }

  TestAnswer notifies(Integer... types) {
    notifies = List.of(types);
    return this;
  }

  private static byte[] member(String attributes) {
    byte[] body = HexFormat.of().parseHex(attributes);
    return ByteBuffer.allocate(4 + body.length)
        .putShort((short) 0)
        .putShort((short) (4 + body.length))
        .put(body)
        .array();
  }

  byte[] gsa() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    sas.forEach(sa -> body.writeBytes(sa.policy()));
    body.writeBytes(groupWide);
    return body.toByteArray();
  }

  byte[] kd() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (KeyWrap wrap = keyWrap()) {
      for (TestSa sa : sas) {
        if (sa.bag) {
          body.writeBytes(sa.keyBag(wrap));
        }
      }
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
    body.writeBytes(extraBag);
    body.writeBytes(memberBag);
    return body.toByteArray();
  }

  /** The answer as the IKE session hands it over. */
  RegistrationAnswer build() {
    try {
      return decode(gsa(), kd(), notifies);
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  static RegistrationAnswer decode(byte[] gsa, byte[] kd, List<Integer> notifies)
      throws WireException {
    byte[] chain =
        ByteBuffer.allocate(8 + gsa.length + kd.length)
            .put((byte) PayloadType.KD)
            .put((byte) 0)
            .putShort((short) (4 + gsa.length))
            .put(gsa)
            .putShort((short) 0)
            .putShort((short) (4 + kd.length))
            .put(kd)
            .array();
    PayloadChain payloads = PayloadChain.decode(PayloadType.GSA, chain, 0);
    return new RegistrationAnswer(
        payloads.required(GsaPayload.class),
        payloads.required(KdPayload.class),
        notifies.stream().map(NotifyPayload::of).toList(),
        keyWrap());
  }

  static KeyWrap keyWrap() {
    try {
      return KeyWrap.of(3, Secret.copyOf(GSK_W));
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }
}
