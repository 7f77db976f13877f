package io.gkm.ike.wire;

/**
 * Encrypted and Authenticated Fragment SKF (53): {@code number(2) total(2) IV ciphertext ICV} (RFC
 * 7383 section 2.5). Always the last payload, so the associated data are the datagram's octets
 * before {@code body}.
 *
 * @param firstInnerType the Next Payload field: in fragment 1 the type of the first encrypted
 *     payload
 * @param headerFlags the critical and reserved octet of the generic header
 * @param fragmentNumber from 1 to {@code totalFragments}
 * @param totalFragments how many fragments make the message
 * @param body IV, ciphertext and ICV
 */
public record EncryptedFragmentPayload(
    int firstInnerType, int headerFlags, int fragmentNumber, int totalFragments, Octets body)
    implements Payload {
  /** Octets between the generic header and the IV. */
  public static final int FRAGMENT_HEADER_LENGTH = 4;

  @Override
  public int type() {
    return PayloadType.SKF;
  }

  static EncryptedFragmentPayload decode(int firstInnerType, int headerFlags, ByteReader in)
      throws WireException {
    int number = in.u16("Fragment Number");
    int total = in.u16("Total Fragments");
    if (number == 0 || number > total) {
      throw in.errorAt(4, "Fragment Number", number + " of " + total);
    }
    if (!in.hasRemaining()) {
      throw in.error("Encrypted Fragment", "empty");
    }
    return new EncryptedFragmentPayload(firstInnerType, headerFlags, number, total, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u16(fragmentNumber).u16(totalFragments).octets(body);
  }
}
