package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.crypto.KeyExchange;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.NatDetection;
import io.gkm.ike.crypto.PskAuth;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SignedOctets;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.EncryptedFragmentPayload;
import io.gkm.ike.wire.EncryptedPayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IdPayload;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.ike.wire.WireException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The least GCKS there can be: the responder's side of one IKE SA, made of messages (no datagrams,
 * no time, no retransmission). It answers what the test tells it to, also wrongly.
 */
final class ResponderTestPeer {
  private final SecureRandom random;
  private final IkeSuite suite;
  private final Identification identity;
  private final byte[] psk;

  /** What it believes to be on the other end, and itself: for NAT detection. */
  InetSocketAddress seenMember = Samples.PATH.local();

  InetSocketAddress seenSelf = Samples.PATH.remote();
  boolean natDetection = true;
  boolean fragmentation;

  long spiI;
  long spiR;
  byte[] request;
  byte[] response;
  byte[] ni;
  byte[] nr;
  IkeKeys keys;
  private SkCipher ours;
  private SkCipher theirs;

  /** It asked for the rekey that made this IKE SA. */
  private boolean originalInitiator;

  private KeyExchange rekeyExchange;
  private long rekeySpi;
  private byte[] rekeyNonce;

  ResponderTestPeer(IkeSuite suite, SecureRandom random) {
    this(suite, random, Samples.GCKS_ID, Samples.PSK);
  }

  ResponderTestPeer(IkeSuite suite, SecureRandom random, Identification identity, byte[] psk) {
    this.suite = suite;
    this.random = random;
    this.identity = identity;
    this.psk = psk;
  }

  /** The proper answer to an IKE_SA_INIT request. */
  byte[] init(byte[] initRequest) throws WireException, CryptoException {
    return init(initRequest, proposal());
  }

  /** The proper answer, except that this proposal is said to be chosen. */
  byte[] init(byte[] initRequest, Proposal chosen) throws WireException, CryptoException {
    IkeMessage message = IkeMessage.decode(initRequest);
    spiI = message.header().spiI();
    spiR = random.nextLong();
    request = initRequest;
    ni = message.chain().required(NoncePayload.class).nonce().toByteArray();
    nr = new byte[32];
    random.nextBytes(nr);
    KePayload ke = message.chain().required(KePayload.class);
    try (KeyExchange exchange = KeyExchange.generate(suite.keMethod(), random)) {
      if (ke.method() == suite.keMethod()) {
        Secret gir = exchange.sharedSecret(ke.data().toByteArray());
        keys = IkeKeys.derive(suite, gir, ni, nr, spiI, spiR);
        ours = keys.responderCipher(random);
        theirs = keys.initiatorCipher(random);
      }
      List<Payload> payloads = new ArrayList<>();
      payloads.add(new SaPayload(List.of(chosen)));
      payloads.add(new KePayload(suite.keMethod(), Octets.of(exchange.publicValue())));
      payloads.add(new NoncePayload(Octets.of(nr)));
      if (natDetection) {
        payloads.add(natNotify(NotifyType.NAT_DETECTION_SOURCE_IP, seenSelf));
        payloads.add(natNotify(NotifyType.NAT_DETECTION_DESTINATION_IP, seenMember));
      }
      if (fragmentation) {
        payloads.add(NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
      }
      response = clear(spiR, ExchangeType.IKE_SA_INIT, 0, payloads);
    }
    return response;
  }

  /** An answer to IKE_SA_INIT that is only notifies, such as a COOKIE. */
  static byte[] initNotify(byte[] initRequest, NotifyPayload... notifies) throws WireException {
    long spi = IkeHeader.decode(initRequest).spiI();
    IkeHeader header = IkeHeader.of(spi, 0, ExchangeType.IKE_SA_INIT, false, true, 0);
    return new IkeMessage(header, List.of(notifies)).encode();
  }

  /** An unprotected answer. */
  byte[] clear(long responderSpi, int exchangeType, long messageId, List<Payload> payloads) {
    IkeHeader header = IkeHeader.of(spiI, responderSpi, exchangeType, false, true, messageId);
    return new IkeMessage(header, payloads).encode();
  }

  private NotifyPayload natNotify(int type, InetSocketAddress address) {
    return NotifyPayload.of(
        type, Octets.of(NatDetection.hash(spiI, spiR, address.getAddress(), address.getPort())));
  }

  /** What it knows of the IKE SA that replaces this one. */
  ResponderTestPeer successor(boolean initiator, long newSpiI, long newSpiR, IkeKeys newKeys)
      throws CryptoException {
    ResponderTestPeer next = new ResponderTestPeer(suite, random, identity, psk);
    next.originalInitiator = initiator;
    next.spiI = newSpiI;
    next.spiR = newSpiR;
    next.keys = newKeys;
    SkCipher i = newKeys.initiatorCipher(random);
    SkCipher r = newKeys.responderCipher(random);
    next.ours = initiator ? i : r;
    next.theirs = initiator ? r : i;
    return next;
  }

  /** Our CREATE_CHILD_SA request payloads for a rekey, with this nonce. */
  List<Payload> rekeyRequest(byte[] nonce) throws CryptoException {
    rekeyExchange = KeyExchange.generate(suite.keMethod(), random);
    rekeySpi = random.nextLong();
    rekeyNonce = nonce;
    return List.of(
        new SaPayload(List.of(withSpi(rekeySpi))),
        new NoncePayload(Octets.of(nonce)),
        new KePayload(suite.keMethod(), Octets.of(rekeyExchange.publicValue())));
  }

  Proposal withSpi(long spi) {
    Octets octets = new ByteWriter().u64(spi).toOctets();
    return new Proposal(proposal().number(), ProtocolId.IKE, octets, proposal().transforms());
  }

  /** The IKE SA that the member's answer to {@link #rekeyRequest} makes. */
  ResponderTestPeer rekeyed(PayloadChain answer) throws WireException, CryptoException {
    Proposal chosen = answer.required(SaPayload.class).proposals().get(0);
    byte[] otherNonce = answer.required(NoncePayload.class).nonce().toByteArray();
    byte[] ke = answer.required(KePayload.class).data().toByteArray();
    long otherSpi = ByteBuffer.wrap(chosen.spi().toByteArray()).getLong();
    IkeKeys fresh =
        IkeKeys.rekey(
            keys,
            suite,
            rekeyExchange.sharedSecret(ke),
            rekeyNonce,
            otherNonce,
            rekeySpi,
            otherSpi);
    return successor(true, rekeySpi, otherSpi, fresh);
  }

  /** An answer to the member's rekey request, and the IKE SA it makes. */
  record RekeyAnswer(List<Payload> payloads, ResponderTestPeer next) {}

  /** Answers the member's rekey request with this nonce. */
  RekeyAnswer answerRekey(PayloadChain request, byte[] nonce)
      throws WireException, CryptoException {
    Proposal offered = request.required(SaPayload.class).proposals().get(proposal().number() - 1);
    byte[] otherNonce = request.required(NoncePayload.class).nonce().toByteArray();
    byte[] ke = request.required(KePayload.class).data().toByteArray();
    long otherSpi = ByteBuffer.wrap(offered.spi().toByteArray()).getLong();
    long spi = random.nextLong();
    try (KeyExchange exchange = KeyExchange.generate(suite.keMethod(), random)) {
      IkeKeys fresh =
          IkeKeys.rekey(keys, suite, exchange.sharedSecret(ke), otherNonce, nonce, otherSpi, spi);
      return new RekeyAnswer(
          List.of(
              new SaPayload(List.of(withSpi(spi))),
              new NoncePayload(Octets.of(nonce)),
              new KePayload(suite.keMethod(), Octets.of(exchange.publicValue()))),
          successor(false, otherSpi, spi, fresh));
    }
  }

  /** The suite as a proposal, under the number that offers it. */
  Proposal proposal() {
    List<Transform> transforms = new ArrayList<>();
    transforms.add(Transform.of(TransformType.ENCR, suite.encrId(), suite.encrKeyBits()));
    transforms.add(Transform.of(TransformType.PRF, suite.prfId()));
    if (suite.integId() != 0) {
      transforms.add(Transform.of(TransformType.INTEG, suite.integId()));
    }
    transforms.add(Transform.of(TransformType.KE, suite.keMethod()));
    transforms.add(Transform.of(TransformType.KWA, suite.kwaId()));
    return new Proposal(suite.integId() == 0 ? 1 : 2, ProtocolId.IKE, Octets.EMPTY, transforms);
  }

  /** Opens a message of the member. */
  PayloadChain open(byte[] message) throws WireException, CryptoException {
    IkeMessage decoded = IkeMessage.decode(message);
    EncryptedPayload sk = decoded.chain().required(EncryptedPayload.class);
    byte[] inner = theirs.open(message, IkeHeader.LENGTH);
    return PayloadChain.decode(sk.firstInnerType(), inner, 0);
  }

  /** The proper GSA_AUTH answer. */
  byte[] auth() throws CryptoException {
    return auth(Samples.gsa(), Samples.kd(keyWrap()));
  }

  /** GSA_AUTH with IDr, AUTH and these payloads. */
  byte[] auth(Payload... group) throws CryptoException {
    List<Payload> payloads = new ArrayList<>(identityAndAuth());
    payloads.addAll(List.of(group));
    return answer(ExchangeType.GSA_AUTH, 1, payloads);
  }

  List<Payload> identityAndAuth() {
    IdPayload idr = new IdPayload(PayloadType.IDR, identity);
    byte[] maced = SignedOctets.macedId(suite.prf(), keys.skPr(), idr.body().toByteArray());
    byte[] signed = SignedOctets.of(response, ni, maced);
    byte[] data = PskAuth.authData(suite.prf(), Secret.copyOf(psk), signed);
    return List.of(idr, new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.of(data)));
  }

  KeyWrap keyWrap() throws CryptoException {
    return keys.keyWrap();
  }

  byte[] answer(int exchangeType, long messageId, Payload... payloads) throws CryptoException {
    return answer(exchangeType, messageId, List.of(payloads));
  }

  byte[] answer(int exchangeType, long messageId, List<Payload> payloads) throws CryptoException {
    return seal(
        IkeHeader.of(spiI, spiR, exchangeType, originalInitiator, true, messageId), payloads);
  }

  byte[] request(int exchangeType, long messageId, Payload... payloads) throws CryptoException {
    IkeHeader header = requestHeader(exchangeType, messageId);
    return seal(header, List.of(payloads));
  }

  byte[] seal(IkeHeader header, List<Payload> payloads) throws CryptoException {
    PayloadChain chain = new PayloadChain(payloads);
    return seal(header, chain.firstType(), chain.encode());
  }

  /** Seals payloads as fragments of so many octets of payloads each, which may cut anywhere. */
  List<byte[]> fragments(IkeHeader header, int share, Payload... payloads) throws CryptoException {
    PayloadChain chain = new PayloadChain(List.of(payloads));
    byte[] inner = chain.encode();
    int total = (inner.length + share - 1) / share;
    List<byte[]> fragments = new ArrayList<>();
    for (int n = 1; n <= total; n++) {
      byte[] part = Arrays.copyOfRange(inner, (n - 1) * share, Math.min(n * share, inner.length));
      fragments.add(fragment(header, n == 1 ? chain.firstType() : 0, n, total, part));
    }
    return fragments;
  }

  /** One fragment with any numbers. */
  byte[] fragment(IkeHeader header, int firstType, int number, int total, byte[] part)
      throws CryptoException {
    ByteWriter prefix = new ByteWriter();
    header.with(PayloadType.SKF, 0).encode(prefix);
    PayloadChain.header(prefix, firstType, 0, 0);
    prefix.u16(number).u16(total);
    return ours.seal(prefix.toByteArray(), IkeHeader.LENGTH, part);
  }

  /** Opens the fragments of one message of the member, in order. */
  PayloadChain openFragments(List<byte[]> messages) throws WireException, CryptoException {
    ByteWriter inner = new ByteWriter();
    int firstType = 0;
    for (int i = 0; i < messages.size(); i++) {
      IkeMessage decoded = IkeMessage.decode(messages.get(i));
      EncryptedFragmentPayload skf = decoded.chain().required(EncryptedFragmentPayload.class);
      if (skf.fragmentNumber() != i + 1 || skf.totalFragments() != messages.size()) {
        throw new AssertionError("fragment " + skf);
      }
      firstType = i == 0 ? skf.firstInnerType() : firstType;
      inner.bytes(theirs.openFragment(messages.get(i), IkeHeader.LENGTH));
    }
    return PayloadChain.decode(firstType, inner.toByteArray(), 0);
  }

  /** The header of a request of this peer. */
  IkeHeader requestHeader(int exchangeType, long messageId) {
    return IkeHeader.of(spiI, spiR, exchangeType, originalInitiator, false, messageId);
  }

  /** Seals octets, whether they are payloads or not. */
  byte[] seal(IkeHeader header, int firstType, byte[] inner) throws CryptoException {
    ByteWriter prefix = new ByteWriter();
    header.with(PayloadType.SK, 0).encode(prefix);
    PayloadChain.header(prefix, firstType, 0, 0);
    return ours.seal(prefix.toByteArray(), IkeHeader.LENGTH, inner);
  }
}
