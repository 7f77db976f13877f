package io.gkm.group;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.Opened;
import io.gkm.ike.Reassembler;
import io.gkm.ike.RekeyMessage;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IvSource;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.RekeyKeys;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.EncryptedFragmentPayload;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A Rekey SA in use: inbound only (RFC 9838 section 2.3.3). Each Message ID is taken once, and none
 * below one that was taken. Owns its keys.
 */
final class RekeySa implements AutoCloseable {
  private static final long MAX_MESSAGE_ID = 0xffff_ffffL;

  /** Messages whose fragments may come at the same time. */
  private static final int MAX_FRAGMENTED = 4;

  private final RekeyPolicy policy;
  private final RekeyKeys keys;
  private final SkCipher opener;
  private final Reassembler fragments = new Reassembler(MAX_FRAGMENTED);
  private long nextMessageId;
  private Moment expiresAt;
  private Optional<Moment> removeAt = Optional.empty();

  /** Takes over {@code keys}. */
  RekeySa(Moment now, RekeyPolicy policy, RekeyKeys keys) {
    this.policy = policy;
    this.keys = keys;
    this.nextMessageId = policy.firstMessageId();
    this.expiresAt = now.plus(policy.lifetime());
    try {
      this.opener =
          keys.cipher(
              (IvSource)
                  () -> {
                    throw new CryptoException("a member never sends on a Rekey SA");
                  });
    } catch (CryptoException e) {
      throw unusable(e);
    }
  }

  RekeyPolicy policy() {
    return policy;
  }

  Octets spi() {
    return policy.spi();
  }

  long nextMessageId() {
    return nextMessageId;
  }

  /** The end of its lifetime, or of its use after it was replaced or deleted. */
  Moment end() {
    return removeAt.filter(at -> at.isBefore(expiresAt)).orElse(expiresAt);
  }

  Moment expiresAt() {
    return expiresAt;
  }

  /** It was replaced or deleted: messages that are late are taken until then. */
  boolean isRetired() {
    return removeAt.isPresent();
  }

  /** To be removed then, unless that was to be earlier already. */
  void retire(Moment at) {
    if (removeAt.isEmpty() || at.isBefore(removeAt.get())) {
      removeAt = Optional.of(at);
    }
  }

  /** Whether the grant is this very SA, keys and all. */
  boolean isSame(RekeyGrant grant) {
    return policy.spi().equals(grant.policy().spi())
        && policy.destination().equals(grant.policy().destination())
        && policy.source().equals(grant.policy().source())
        && keys.suite().equals(grant.keys().suite())
        && keys.gskE().equals(grant.keys().gskE())
        && keys.gskA().equals(grant.keys().gskA())
        && keys.gskW().equals(grant.keys().gskW());
  }

  /** The key server described it anew: it goes on, with what it knows of Message IDs. */
  void renew(Moment now, RekeyPolicy described) {
    nextMessageId = Math.max(nextMessageId, described.firstMessageId());
    expiresAt = now.plus(described.lifetime());
    removeAt = Optional.empty();
  }

  /**
   * Checks and opens a message in the order of RFC 9838 section 2.4.1.4, and takes its Message ID.
   *
   * @return empty when it is a fragment and others are missing
   * @throws IgnoredMessageException when it is not to be used; nothing has changed then
   */
  Optional<RekeyMessage> accept(
      InetSocketAddress sender,
      IkeMessage message,
      byte[] octets,
      RekeyAuthentication authentication)
      throws IgnoredMessageException {
    if (!policy.allows(sender)) {
      throw new IgnoredMessageException(
          "GSA_REKEY comes from " + sender + ", not from the source in its policy");
    }
    long id = message.header().messageId();
    // Nothing is changed by an old message, so whether it is authentic need not be known.
    if (id < nextMessageId) {
      throw new IgnoredMessageException(
          "GSA_REKEY has message id " + id + ", expected is " + nextMessageId + " or more");
    }
    Optional<RekeyMessage> opened = open(message, octets);
    if (opened.isPresent()) {
      authentication.check(opened.get());
      nextMessageId = Math.min(id + 1, MAX_MESSAGE_ID + 1);
      fragments.clear();
    }
    return opened;
  }

  /** The signature is over the whole message: it is put together first (section 2.4.1.2). */
  private Optional<RekeyMessage> open(IkeMessage message, byte[] octets)
      throws IgnoredMessageException {
    boolean fragment =
        message.payloads().stream().anyMatch(EncryptedFragmentPayload.class::isInstance);
    if (!fragment) {
      return Optional.of(RekeyMessage.open(opener, message, octets));
    }
    Optional<Opened> whole = fragments.add(message, octets, opener::openFragment);
    return whole.isEmpty()
        ? Optional.empty()
        : Optional.of(RekeyMessage.of(message.header(), whole.get()));
  }

  /** The default key wrap of what came over this SA; the caller closes it. */
  KeyWrap keyWrap() {
    try {
      return keys.keyWrap();
    } catch (CryptoException e) {
      throw unusable(e);
    }
  }

  private static IllegalStateException unusable(CryptoException e) {
    return new IllegalStateException("the suite and the keys' lengths were checked before", e);
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    fragments.clear();
    keys.close();
  }
}
