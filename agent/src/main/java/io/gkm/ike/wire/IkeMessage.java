package io.gkm.ike.wire;

import java.util.List;

/**
 * One IKE message: the header and the payloads in clear. Of a protected message the last payload is
 * {@link EncryptedPayload} or {@link EncryptedFragmentPayload}; the payloads inside are a {@link
 * PayloadChain} of their own once decrypted.
 *
 * @param header of a message to encode the next payload and length are not looked at
 * @param payloads in message order
 */
public record IkeMessage(IkeHeader header, List<Payload> payloads) {
  /** Copies the list. */
  public IkeMessage {
    payloads = List.copyOf(payloads);
  }

  /**
   * Reads a whole message.
   *
   * @param datagram the message without the non-ESP marker of port 4500
   */
  public static IkeMessage decode(byte[] datagram) throws WireException {
    ByteReader in = new ByteReader(datagram);
    IkeHeader header = IkeHeader.decode(in);
    return new IkeMessage(header, PayloadChain.decode(header.nextPayload(), in, true).payloads());
  }

  /** The whole message, with next payload and lengths computed. */
  public byte[] encode() {
    PayloadChain chain = chain();
    byte[] encoded = chain.encode();
    int length = IkeHeader.LENGTH + encoded.length;
    if (length > IkeHeader.MAX_MESSAGE_LENGTH) {
      throw new IllegalArgumentException("message of " + length + " octets");
    }
    ByteWriter out = new ByteWriter();
    header.with(chain.firstType(), length).encode(out);
    return out.bytes(encoded).toByteArray();
  }

  /** The payloads as a chain, which has the finders. */
  public PayloadChain chain() {
    return new PayloadChain(payloads);
  }
}
