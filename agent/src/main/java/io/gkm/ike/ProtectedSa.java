package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeKeys;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.EncryptedFragmentPayload;
import io.gkm.ike.wire.EncryptedPayload;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The protected side of an IKE SA at one of its ends: its SPIs, its keys, and the Encrypted payload
 * in both directions (RFC 7296 section 3.14), in one message or in fragments (RFC 7383).
 */
public final class ProtectedSa implements AutoCloseable {
  private static final int SK_HEADER = 4;

  private final SaSpis spis;
  private final boolean initiator;
  private final IkeKeys keys;
  private final MessageSealer ours;
  private final SkCipher theirs;

  /**
   * Owns {@code keys} from here on, also when it throws.
   *
   * @param initiator whether we are the original initiator of this IKE SA: sender of its
   *     IKE_SA_INIT request, or of the CREATE_CHILD_SA request that made it
   * @param maxMessage what is longer goes in fragments; {@link MessageSealer#WHOLE} when the peer
   *     takes none
   */
  public ProtectedSa(
      SaSpis spis, boolean initiator, IkeKeys keys, int maxMessage, SecureRandom random)
      throws CryptoException {
    this.spis = spis;
    this.initiator = initiator;
    this.keys = keys;
    try {
      SkCipher i = keys.initiatorCipher(random);
      SkCipher r = keys.responderCipher(random);
      this.ours = new MessageSealer(initiator ? i : r, maxMessage);
      this.theirs = initiator ? r : i;
    } catch (CryptoException e) {
      keys.close();
      throw e;
    }
  }

  /** The keys; they stay this SA's. */
  public IkeKeys keys() {
    return keys;
  }

  /** The SPIs. */
  public SaSpis spis() {
    return spis;
  }

  /** A request of ours, as one message or several. */
  public List<byte[]> sealRequest(int exchangeType, long messageId, List<Payload> payloads)
      throws CryptoException {
    return seal(exchangeType, false, messageId, payloads);
  }

  /** Our answer to a request of the peer, as one message or several. */
  public List<byte[]> sealResponse(int exchangeType, long messageId, List<Payload> payloads)
      throws CryptoException {
    return seal(exchangeType, true, messageId, payloads);
  }

  private List<byte[]> seal(
      int exchangeType, boolean response, long messageId, List<Payload> payloads)
      throws CryptoException {
    IkeHeader header =
        IkeHeader.of(
            spis.initiator(), spis.responder(), exchangeType, initiator, response, messageId);
    return ours.seal(header, new PayloadChain(payloads));
  }

  /** Whether the header names this IKE SA and was sent by its other end. */
  public boolean isOfPeer(IkeHeader header) {
    return header.spiI() == spis.initiator()
        && header.spiR() == spis.responder()
        && header.initiator() != initiator;
  }

  /**
   * Opens a message of the peer whose message id is the awaited one.
   *
   * @param octets {@code message} as received
   * @param fragments what was collected of this message
   * @return nothing while fragments are missing
   * @throws IgnoredMessageException when the peer did not send it, or not so
   */
  public Optional<Opened> open(IkeMessage message, byte[] octets, Reassembler fragments)
      throws IgnoredMessageException {
    if (!isOfPeer(message.header())) {
      throw new IgnoredMessageException("not from the other end of this IKE SA");
    }
    List<Payload> payloads = message.payloads();
    if (payloads.size() == 1 && payloads.get(0) instanceof EncryptedFragmentPayload) {
      return fragments.add(message, octets, theirs::openFragment);
    }
    if (payloads.size() != 1 || !(payloads.get(0) instanceof EncryptedPayload)) {
      throw new IgnoredMessageException("message is not one Encrypted payload");
    }
    try {
      byte[] inner = theirs.open(octets, IkeHeader.LENGTH);
      fragments.clear();
      byte[] clear = Arrays.copyOf(octets, IkeHeader.LENGTH + SK_HEADER);
      return Optional.of(new Opened(Octets.of(clear), Octets.of(inner)));
    } catch (CryptoException e) {
      throw new IgnoredMessageException("message is not authentic", e);
    }
  }

  /**
   * Whether this message, whose id is that of the request answered last, asks for that answer once
   * more: it is a whole one or fragment 1 (RFC 7383 section 2.6.1).
   *
   * @throws IgnoredMessageException when the peer did not send it
   */
  public boolean asksAgain(IkeMessage message, byte[] octets) throws IgnoredMessageException {
    if (message.payloads().size() == 1
        && message.payloads().get(0) instanceof EncryptedFragmentPayload fragment
        && fragment.fragmentNumber() != 1) {
      return false;
    }
    open(message, octets, new Reassembler());
    return true;
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    keys.close();
  }
}
