package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.EncryptedFragmentPayload;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts a fragmented message together (RFC 7383 section 2.6): one message at a time, of one SA and
 * one direction. Nothing is kept that did not pass its own integrity check, so who lacks the keys
 * cannot make it hold anything; who has them is held to {@link #MAX_FRAGMENTS} and {@link
 * #MAX_OCTETS}.
 *
 * <p>The caller passes only fragments of a message it waits for. A fragment of a later message id
 * drops what was collected of an earlier one, never the other way round.
 */
public final class Reassembler {
  /** Most fragments of one message. */
  public static final int MAX_FRAGMENTS = 256;

  /** Most octets of inner payloads: more do not fit an Encrypted payload. */
  public static final int MAX_OCTETS = 65535;

  /** The integrity check and decryption of one fragment. */
  public interface Opener {
    /**
     * Opens a message whose last payload is SKF.
     *
     * @param skfOffset where the SKF header starts
     * @return the fragment's share of the inner payloads
     * @throws CryptoException when it is not authentic
     */
    byte[] open(byte[] message, int skfOffset) throws CryptoException;
  }

  private long messageId = -1;
  private byte[][] shares = new byte[0][];
  private int missing;
  private int octets;
  private Octets clear = Octets.EMPTY;

  /**
   * Takes a fragment.
   *
   * @param message the fragment's message
   * @param received the same as received, without non-ESP marker
   * @return the whole message, when this was the last fragment missing
   * @throws IgnoredMessageException when the fragment is malformed, forged, a duplicate, or
   *     obsolete
   */
  public Optional<Opened> add(IkeMessage message, byte[] received, Opener opener)
      throws IgnoredMessageException {
    if (message.payloads().size() != 1
        || !(message.payloads().get(0) instanceof EncryptedFragmentPayload fragment)) {
      throw new IgnoredMessageException("message is not one Encrypted Fragment payload");
    }
    check(message.header(), fragment);
    byte[] share;
    try {
      share = opener.open(received, IkeHeader.LENGTH);
    } catch (CryptoException e) {
      throw new IgnoredMessageException("fragment is not authentic", e);
    }
    if (message.header().messageId() != messageId || fragment.totalFragments() != shares.length) {
      startOver(message.header().messageId(), fragment.totalFragments());
    }
    if (octets + share.length > MAX_OCTETS) {
      clear();
      throw new IgnoredMessageException("fragmented message exceeds " + MAX_OCTETS + " octets");
    }
    keep(message.header(), fragment, share);
    return missing == 0 ? Optional.of(whole()) : Optional.empty();
  }

  /** What can be said before the integrity check costs anything. */
  private void check(IkeHeader header, EncryptedFragmentPayload fragment)
      throws IgnoredMessageException {
    int total = fragment.totalFragments();
    if (total > MAX_FRAGMENTS) {
      throw new IgnoredMessageException(
          "message in " + total + " fragments, at most " + MAX_FRAGMENTS + " are taken");
    }
    if (header.messageId() < messageId) {
      throw new IgnoredMessageException("fragment of an earlier message");
    }
    if (header.messageId() > messageId) {
      return;
    }
    if (total < shares.length) {
      throw new IgnoredMessageException(
          "fragment of a message in " + total + ", collected is one in " + shares.length);
    }
    if (total == shares.length && shares[fragment.fragmentNumber() - 1] != null) {
      throw new IgnoredMessageException("fragment is here already");
    }
  }

  private void startOver(long id, int total) {
    clear();
    messageId = id;
    shares = new byte[total][];
    missing = total;
  }

  private void keep(IkeHeader header, EncryptedFragmentPayload fragment, byte[] share) {
    shares[fragment.fragmentNumber() - 1] = share;
    missing--;
    octets += share.length;
    if (fragment.fragmentNumber() == 1) {
      ByteWriter front = new ByteWriter();
      header.with(PayloadType.SK, 0).encode(front);
      PayloadChain.header(front, fragment.firstInnerType(), fragment.headerFlags(), 0);
      clear = front.toOctets();
    }
  }

  private Opened whole() {
    ByteWriter inner = new ByteWriter();
    for (byte[] share : shares) {
      inner.bytes(share);
    }
    Opened opened = new Opened(clear, inner.toOctets());
    forgetShares();
    return opened;
  }

  /** Drops everything collected: the exchange is over. */
  public void clear() {
    forgetShares();
    messageId = -1;
  }

  private void forgetShares() {
    for (byte[] share : shares) {
      if (share != null) {
        Arrays.fill(share, (byte) 0);
      }
    }
    shares = new byte[0][];
    missing = 0;
    octets = 0;
    clear = Octets.EMPTY;
  }
}
