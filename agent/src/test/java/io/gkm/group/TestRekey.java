package io.gkm.group;

import io.gkm.ike.RekeySealer;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IvSource;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.RekeyKeys;
import io.gkm.ike.crypto.RekeySuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The key server's side of the Rekey SA of {@link TestSa#rekey}: makes GSA_REKEY datagrams. */
final class TestRekey {
  static final RekeySuite SUITE = new RekeySuite(20, 256, 0, 3);
  static final InetSocketAddress SERVER = address("192.0.2.1", 848);
  static final InetSocketAddress GROUP = address("239.255.0.1", 848);

  final Octets spi;
  Optional<RekeySealer.Signer> signer = Optional.empty();
  boolean transportMode = true;
  private final byte[] material;
  private final IvSource ivs = IvSource.counter(0);
  private long next;

  /** The Rekey SA with this SPI and key material. */
  TestRekey(byte[] spi, byte[] material) {
    this.spi = Octets.of(spi);
    this.material = material;
  }

  /** That of {@link TestSa#rekey}. */
  static TestRekey first() {
    TestSa sa = TestSa.rekey();
    return new TestRekey(sa.spi, sa.key);
  }

  /** The data SA that a member has before rekeys, SPI 0x100. */
  static TestSa oldSa() {
    return TestSa.esp(0x100).lasting(1000);
  }

  /** The one that takes its place, SPI 0x101. */
  static TestSa newSa() {
    return TestSa.esp(0x101).lasting(1000).key(TestSa.material(64, 2));
  }

  static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(AddressText.parse(host).orElseThrow(), port);
  }

  TestRekey startingAt(long messageId) {
    next = messageId;
    return this;
  }

  static UdpPath path() {
    return new UdpPath(GROUP, SERVER);
  }

  KeyWrap keyWrap() throws CryptoException {
    return keys().keyWrap();
  }

  private RekeyKeys keys() throws CryptoException {
    return RekeyKeys.split(SUITE, Secret.copyOf(material));
  }

  /** The next message, with these SAs; {@code groupWide} and {@code member} in hexadecimal. */
  byte[] message(String groupWide, String member, List<TestSa> sas, Payload... others) {
    return sealed(payloads(groupWide, member, sas, others));
  }

  List<Payload> payloads(String groupWide, String member, List<TestSa> sas, Payload... others) {
    try {
      ByteArrayOutputStream gsa = new ByteArrayOutputStream();
      ByteArrayOutputStream kd = new ByteArrayOutputStream();
      for (TestSa sa : sas) {
        gsa.writeBytes(sa.policy());
        if (sa.bag) {
          kd.writeBytes(sa.keyBag(keyWrap()));
        }
      }
      gsa.writeBytes(bag(groupWide));
      kd.writeBytes(bag(member));
      List<Payload> payloads = new ArrayList<>();
      payloads.addAll(decode(PayloadType.GSA, gsa.toByteArray()));
      payloads.addAll(decode(PayloadType.KD, kd.toByteArray()));
      payloads.addAll(List.of(others));
      if (transportMode) {
        payloads.add(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
      }
      return payloads;
    } catch (CryptoException | WireException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] message(TestSa... sas) {
    return message("", "", List.of(sas));
  }

  byte[] deletion(DeletePayload... deletes) {
    return sealed(List.of(deletes));
  }

  /** The next message in fragments of at most this many octets. */
  List<byte[]> fragments(int maxMessage, TestSa... sas) {
    try {
      RekeySealer.Plain plain =
          RekeySealer.plain(spi, next, payloads("", "", List.of(sas)), signer);
      return RekeySealer.sealFragments(keys().cipher(ivs), spi, next++, plain, maxMessage);
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] sealed(List<? extends Payload> payloads) {
    return sealed(plain(payloads));
  }

  /** The next message before it is sealed. */
  RekeySealer.Plain plain(List<? extends Payload> payloads) {
    try {
      return RekeySealer.plain(spi, next++, List.copyOf(payloads), signer);
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] sealed(RekeySealer.Plain plain) {
    try {
      return RekeySealer.seal(keys().cipher(ivs), plain);
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bag(String attributes) {
    byte[] body = HexFormat.of().parseHex(attributes);
    return body.length == 0
        ? body
        : ByteBuffer.allocate(4 + body.length)
            .putShort((short) 0)
            .putShort((short) (4 + body.length))
            .put(body)
            .array();
  }

  private static List<Payload> decode(int type, byte[] body) throws WireException {
    byte[] octets =
        ByteBuffer.allocate(4 + body.length)
            .putShort((short) 0)
            .putShort((short) (4 + body.length))
            .put(body)
            .array();
    return PayloadChain.decode(type, octets, 0).payloads();
  }
}
