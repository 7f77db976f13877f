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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts fragmented messages together (RFC 7383 section 2.6), of one SA and one direction. Nothing is
 * kept that did not pass its own integrity check, so who lacks the keys cannot make it hold
 * anything; who has them is held to {@link #MAX_FRAGMENTS}, {@link #MAX_OCTETS} and a number of
 * messages.
 *
 * <p>The caller passes only fragments of messages it waits for. When there are too many messages,
 * the one goes whose last fragment came longest ago: on a Rekey SA every member has the keys, and
 * none of them shall be able to stop what the GCKS sends by a single fragment with a large message
 * id.
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

  /** What is here of one message. */
  private static final class Collected {
    private final byte[][] shares;
    private int missing;
    private int octets;
    private Octets clear = Octets.EMPTY;

    Collected(int total) {
      shares = new byte[total][];
      missing = total;
    }

    void keep(IkeHeader header, EncryptedFragmentPayload fragment, byte[] share) {
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

    Opened whole() {
      ByteWriter inner = new ByteWriter();
      for (byte[] share : shares) {
        inner.bytes(share);
      }
      return new Opened(clear, inner.toOctets());
    }

    void wipe() {
      for (byte[] share : shares) {
        if (share != null) {
          Arrays.fill(share, (byte) 0);
        }
      }
    }
  }

  private final int maxMessages;

  /** By message id; the one touched last is the last. */
  private final Map<Long, Collected> messages = new LinkedHashMap<>();

  /** For one message at a time: an IKE SA, where one message id is awaited. */
  public Reassembler() {
    this(1);
  }

  /**
   * For several messages at a time.
   *
   * @param maxMessages how many
   */
  public Reassembler(int maxMessages) {
    this.maxMessages = maxMessages;
  }

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
    long id = message.header().messageId();
    check(id, fragment);
    byte[] share;
    try {
      share = opener.open(received, IkeHeader.LENGTH);
    } catch (CryptoException e) {
      throw new IgnoredMessageException("fragment is not authentic", e);
    }
    Collected collected = touch(id, fragment.totalFragments());
    if (collected.octets + share.length > MAX_OCTETS) {
      forget(id);
      throw new IgnoredMessageException("fragmented message exceeds " + MAX_OCTETS + " octets");
    }
    collected.keep(message.header(), fragment, share);
    if (collected.missing > 0) {
      return Optional.empty();
    }
    Opened whole = collected.whole();
    forget(id);
    return Optional.of(whole);
  }

  /** What can be said before the integrity check costs anything. */
  private void check(long id, EncryptedFragmentPayload fragment) throws IgnoredMessageException {
    int total = fragment.totalFragments();
    if (total > MAX_FRAGMENTS) {
      throw new IgnoredMessageException(
          "message in " + total + " fragments, at most " + MAX_FRAGMENTS + " are taken");
    }
    Collected here = messages.get(id);
    if (here == null) {
      return;
    }
    if (total < here.shares.length) {
      throw new IgnoredMessageException(
          "fragment of a message in " + total + ", collected is one in " + here.shares.length);
    }
    if (total == here.shares.length && here.shares[fragment.fragmentNumber() - 1] != null) {
      throw new IgnoredMessageException("fragment is here already");
    }
  }

  /** What is collected of this message, from now on the one touched last. */
  private Collected touch(long id, int total) {
    Collected here = messages.get(id);
    if (here == null || here.shares.length != total) {
      forget(id);
      here = new Collected(total);
    }
    messages.remove(id);
    if (messages.size() == maxMessages) {
      forget(messages.keySet().iterator().next());
    }
    messages.put(id, here);
    return here;
  }

  private void forget(long id) {
    Collected gone = messages.remove(id);
    if (gone != null) {
      gone.wipe();
    }
  }

  /** Drops everything collected: the exchange is over. */
  public void clear() {
    messages.values().forEach(Collected::wipe);
    messages.clear();
  }
}
