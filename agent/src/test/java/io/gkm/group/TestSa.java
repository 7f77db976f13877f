package io.gkm.group;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One SA policy and its key bag as octets, written without the codec under test (RFC 9838, 4.4.1
 * and 4.5.2). Starts as a good ESP policy; tests bend one thing.
 */
final class TestSa {
  static final byte[] AES_CBC_256 = {1, 0, 0, 12, (byte) 0x80, 14, 1, 0};
  static final byte[] AES_GCM_256 = {1, 0, 0, 20, (byte) 0x80, 14, 1, 0};
  static final byte[] HMAC_SHA2_256 = {3, 0, 0, 12};

  int protocol = 3;
  byte[] spi;
  byte[] source = ts("0.0.0.0", "255.255.255.255", 17, 0, 65535);
  byte[] destination = ts("239.1.1.1", "239.1.1.1", 17, 5000, 5000);
  List<byte[]> transforms = new ArrayList<>(List.of(AES_CBC_256, HMAC_SHA2_256, sn(2)));
  List<byte[]> attributes = new ArrayList<>(List.of(lifetime(3600)));
  byte[] key = material(64, 1);
  int keyId;
  int kwkId;
  Optional<KeyWrap> wrapBy = Optional.empty();
  int saKeys = 1;
  boolean bag = true;

  private TestSa(byte[] spi) {
    this.spi = spi;
  }

  /** Any-source, AES-CBC-256 with HMAC-SHA2-256-128, SN 2, one hour. */
  static TestSa esp(int spi) {
    return new TestSa(ByteBuffer.allocate(4).putInt(spi).array());
  }

  /** The same with AES-GCM-16-256. */
  static TestSa gcm(int spi) {
    TestSa sa = esp(spi).transforms(AES_GCM_256, sn(2));
    sa.key = material(36, 1);
    return sa;
  }

  /** A Rekey SA: AES-GCM-16-256, KW_5649_256, implicit authentication. */
  static TestSa rekey() {
    TestSa sa = new TestSa(material(16, 7));
    sa.protocol = 6;
    sa.source = ts("192.0.2.1", "192.0.2.1", 17, 848, 848);
    sa.destination = ts("239.255.0.1", "239.255.0.1", 17, 848, 848);
    sa.transforms(AES_GCM_256, transform(13, 3), transform(14, 1));
    sa.key = material(68, 9);
    return sa;
  }

  TestSa protocol(int newProtocol) {
    protocol = newProtocol;
    return this;
  }

  TestSa source(String first, String last, int ipProtocol, int firstPort, int lastPort) {
    source = ts(first, last, ipProtocol, firstPort, lastPort);
    return this;
  }

  /** One sender, any port. */
  TestSa from(String sender) {
    return source(sender, sender, 17, 0, 65535);
  }

  TestSa destination(String first, String last, int ipProtocol, int firstPort, int lastPort) {
    destination = ts(first, last, ipProtocol, firstPort, lastPort);
    return this;
  }

  TestSa transforms(byte[]... all) {
    transforms = new ArrayList<>(List.of(all));
    return this;
  }

  TestSa attributes(byte[]... all) {
    attributes = new ArrayList<>(List.of(all));
    return this;
  }

  TestSa lasting(int seconds) {
    return attributes(lifetime(seconds));
  }

  TestSa key(byte[] material) {
    key = material;
    return this;
  }

  byte[] policy() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(spi);
    body.writeBytes(source);
    body.writeBytes(destination);
    for (int i = 0; i < transforms.size(); i++) {
      byte[] t = transforms.get(i);
      boolean last = i == transforms.size() - 1;
      body.writeBytes(new byte[] {(byte) (last ? 0 : 3), 0, 0, (byte) (4 + t.length)});
      body.writeBytes(t);
    }
    attributes.forEach(body::writeBytes);
    return substructure(body);
  }

  byte[] keyBag(KeyWrap wrap) throws CryptoException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(spi);
    for (int i = 0; i < saKeys; i++) {
      byte[] wrapped = wrapBy.orElse(wrap).wrap(Secret.copyOf(key));
      body.writeBytes(
          ByteBuffer.allocate(12)
              .putShort((short) 1)
              .putShort((short) (8 + wrapped.length))
              .putInt(keyId)
              .putInt(kwkId)
              .array());
      body.writeBytes(wrapped);
    }
    return substructure(body);
  }

  private byte[] substructure(ByteArrayOutputStream body) {
    return ByteBuffer.allocate(4 + body.size())
        .put((byte) protocol)
        .put((byte) spi.length)
        .putShort((short) (4 + body.size()))
        .put(body.toByteArray())
        .array();
  }

  static byte[] sn(int id) {
    return transform(5, id);
  }

  /** A transform without attributes: type, reserved, id. */
  static byte[] transform(int type, int id) {
    return new byte[] {(byte) type, 0, (byte) (id >> 8), (byte) id};
  }

  static byte[] lifetime(int seconds) {
    return ByteBuffer.allocate(8).putShort((short) 1).putShort((short) 4).putInt(seconds).array();
  }

  /** {@code octets} octets of key material, different for each seed. */
  static byte[] material(int octets, int seed) {
    byte[] result = new byte[octets];
    for (int i = 0; i < octets; i++) {
      result[i] = (byte) (seed * 37 + i);
    }
    return result;
  }

  private static byte[] ts(String first, String last, int protocol, int firstPort, int lastPort) {
    try {
      byte[] low = InetAddress.getByName(first).getAddress();
      byte[] high = InetAddress.getByName(last).getAddress();
      return ByteBuffer.allocate(8 + 2 * low.length)
          .put((byte) (low.length == 4 ? 7 : 8))
          .put((byte) protocol)
          .putShort((short) (8 + 2 * low.length))
          .putShort((short) firstPort)
          .putShort((short) lastPort)
          .put(low)
          .put(high)
          .array();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return "TestSa " + protocol + " " + Arrays.toString(spi);
  }
}
