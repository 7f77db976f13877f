package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.EncryptedPayload;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.List;

/**
 * The protected side of an IKE SA of which we are the original initiator: its SPIs, its keys, and
 * the Encrypted payload in both directions (RFC 7296 section 3.14). A message here is the IKE
 * header and one SK payload.
 */
final class ProtectedSa implements AutoCloseable {
  private final long spiI;
  private final long spiR;
  private final IkeKeys keys;
  private final SkCipher ours;
  private final SkCipher theirs;

  /** What the peer sealed: authentic, but not yet parsed. */
  record Opened(int firstType, Octets inner) {
    /**
     * The payloads.
     *
     * @throws WireException when the peer itself sent nonsense
     */
    PayloadChain payloads() throws WireException {
      return PayloadChain.decode(firstType, inner.toByteArray(), 0);
    }
  }

  /** Owns {@code keys} from here on, also when it throws. */
  ProtectedSa(long spiI, long spiR, IkeKeys keys, SecureRandom random) throws CryptoException {
    this.spiI = spiI;
    this.spiR = spiR;
    this.keys = keys;
    try {
      this.ours = keys.initiatorCipher(random);
      this.theirs = keys.responderCipher(random);
    } catch (CryptoException e) {
      keys.close();
      throw e;
    }
  }

  /** The keys; they stay this SA's. */
  IkeKeys keys() {
    return keys;
  }

  /** A request of ours. */
  byte[] sealRequest(int exchangeType, long messageId, List<Payload> payloads)
      throws CryptoException {
    return seal(IkeHeader.of(spiI, spiR, exchangeType, true, false, messageId), payloads);
  }

  /** Our answer to a request of the peer. */
  byte[] sealResponse(int exchangeType, long messageId, List<Payload> payloads)
      throws CryptoException {
    return seal(IkeHeader.of(spiI, spiR, exchangeType, true, true, messageId), payloads);
  }

  private byte[] seal(IkeHeader header, List<Payload> payloads) throws CryptoException {
    PayloadChain chain = new PayloadChain(payloads);
    ByteWriter prefix = new ByteWriter();
    header.with(PayloadType.SK, 0).encode(prefix);
    PayloadChain.header(prefix, chain.firstType(), 0, 0);
    return ours.seal(prefix.toByteArray(), IkeHeader.LENGTH, chain.encode());
  }

  /**
   * Opens a message of the peer.
   *
   * @param octets {@code message} as received
   * @throws IgnoredMessageException when the peer did not send it, or not so
   */
  Opened open(IkeMessage message, byte[] octets) throws IgnoredMessageException {
    if (message.header().spiR() != spiR) {
      throw new IgnoredMessageException("SPIr is not the peer's");
    }
    if (message.payloads().size() != 1
        || !(message.payloads().get(0) instanceof EncryptedPayload sk)) {
      throw new IgnoredMessageException("message is not one Encrypted payload");
    }
    try {
      return new Opened(sk.firstInnerType(), Octets.of(theirs.open(octets, IkeHeader.LENGTH)));
    } catch (CryptoException e) {
      throw new IgnoredMessageException("message is not authentic", e);
    }
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    keys.close();
  }
}
