package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Seals messages: one SK payload each, or SKF fragments when a message would be longer than {@code
 * maxMessage} (RFC 7383 section 2.5).
 *
 * @param cipher of one direction
 * @param maxMessage octets of an IKE message from its header to its ICV that are sent whole; {@link
 *     #WHOLE} when the peer takes no fragments
 */
public record MessageSealer(SkCipher cipher, int maxMessage) {
  /** Every message is sent whole. */
  public static final int WHOLE = IkeHeader.MAX_MESSAGE_LENGTH;

  private static final int SK_HEADER = 4;
  private static final int SKF_HEADER = 8;
  private static final int MAX_FRAGMENTS = Reassembler.MAX_FRAGMENTS;

  /**
   * The messages that carry these payloads.
   *
   * @param header next payload and length are set here
   * @throws CryptoException when there are too many octets, or the IVs are used up
   */
  public List<byte[]> seal(IkeHeader header, PayloadChain payloads) throws CryptoException {
    return seal(header, payloads.firstType(), 0, payloads.encode());
  }

  /**
   * As the other {@code seal}, for payloads that are encoded already.
   *
   * @param flags critical and reserved bits of the SK or SKF headers
   */
  public List<byte[]> seal(IkeHeader header, int firstType, int flags, byte[] inner)
      throws CryptoException {
    if (cipher.sealedLength(IkeHeader.LENGTH + SK_HEADER, inner.length) <= maxMessage) {
      ByteWriter prefix = new ByteWriter();
      header.with(PayloadType.SK, 0).encode(prefix);
      PayloadChain.header(prefix, firstType, flags, 0);
      return List.of(cipher.seal(prefix.toByteArray(), IkeHeader.LENGTH, inner));
    }
    int share = share();
    if (share <= 0 || inner.length > Math.min(Reassembler.MAX_OCTETS, share * MAX_FRAGMENTS)) {
      throw new CryptoException(
          inner.length + " octets cannot be sent in messages of " + maxMessage + " octets");
    }
    int total = (inner.length + share - 1) / share;
    List<byte[]> fragments = new ArrayList<>();
    for (int number = 1; number <= total; number++) {
      int from = (number - 1) * share;
      byte[] part = Arrays.copyOfRange(inner, from, Math.min(from + share, inner.length));
      ByteWriter prefix = new ByteWriter();
      header.with(PayloadType.SKF, 0).encode(prefix);
      int next = number == 1 ? firstType : PayloadType.NONE;
      PayloadChain.header(prefix, next, flags, 0);
      prefix.u16(number).u16(total);
      fragments.add(cipher.seal(prefix.toByteArray(), IkeHeader.LENGTH, part));
    }
    return fragments;
  }

  /** Octets of inner payloads that a fragment can carry. */
  private int share() {
    int prefix = IkeHeader.LENGTH + SKF_HEADER;
    int share = maxMessage - cipher.sealedLength(prefix, 0);
    // Padding to whole blocks may take a few more octets.
    while (share > 0 && cipher.sealedLength(prefix, share) > maxMessage) {
      share--;
    }
    // The other way round: an empty share is padded too, whose place can be used.
    while (share > 0 && cipher.sealedLength(prefix, share + 1) <= maxMessage) {
      share++;
    }
    return share;
  }
}
