package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.EncryptedPayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.SignatureAuthData;
import io.gkm.ike.wire.WireException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A GSA_REKEY message that was opened with the keys of its Rekey SA (RFC 9838 section 2.4.1): who
 * holds these keys made it, which is every member; who the sender is only its signature says.
 *
 * @param header as received; only SPIs, flags and Message ID count
 * @param clear what a signature covers in front of the inner payloads: the IKE header and the
 *     header of the Encrypted payload, 32 octets, with the lengths they would have without
 *     encryption (RFC 9838 section 2.4.1.1)
 * @param inner the payloads inside, as sealed
 * @param payloads the same, read
 */
public record RekeyMessage(IkeHeader header, Octets clear, Octets inner, PayloadChain payloads) {
  private static final int SK_HEADER = 4;

  /** Octets of a signature's part that precedes the inner payloads. */
  static final int CLEAR_LENGTH = IkeHeader.LENGTH + SK_HEADER;

  /** The AUTH payload's signature: what it is, over what. */
  public record Signature(Octets algorithmIdentifier, Octets signed, Octets signature) {}

  /**
   * Opens an unfragmented message.
   *
   * @param octets the message, without non-ESP marker
   * @throws IgnoredMessageException when it is no GSA_REKEY message under these keys, or its
   *     payloads do not parse
   */
  public static RekeyMessage open(SkCipher cipher, IkeMessage message, byte[] octets)
      throws IgnoredMessageException {
    if (message.payloads().size() != 1
        || !(message.payloads().get(0) instanceof EncryptedPayload sk)) {
      throw new IgnoredMessageException("GSA_REKEY is not one Encrypted payload");
    }
    try {
      byte[] inner = cipher.open(octets, IkeHeader.LENGTH);
      byte[] clear = Arrays.copyOf(octets, CLEAR_LENGTH);
      return of(message.header(), clear, sk.firstInnerType(), inner);
    } catch (CryptoException e) {
      throw new IgnoredMessageException("GSA_REKEY is not authentic", e);
    }
  }

  /**
   * A message that came in fragments.
   *
   * @throws IgnoredMessageException when its payloads do not parse
   */
  public static RekeyMessage of(IkeHeader header, Opened whole) throws IgnoredMessageException {
    return of(header, whole.clear().toByteArray(), whole.firstType(), whole.inner().toByteArray());
  }

  /**
   * A message put together from its parts.
   *
   * @param clear IKE header and Encrypted payload header, 32 octets; the lengths in it are set here
   * @param firstType type of the first payload inside
   * @param inner the payloads inside
   * @throws IgnoredMessageException when they do not parse
   */
  public static RekeyMessage of(IkeHeader header, byte[] clear, int firstType, byte[] inner)
      throws IgnoredMessageException {
    if (header.exchangeType() != ExchangeType.GSA_REKEY || header.response()) {
      throw new IgnoredMessageException("not a GSA_REKEY message");
    }
    try {
      PayloadChain payloads = PayloadChain.decode(firstType, inner, 0);
      Octets front = Octets.of(withoutEncryption(clear, inner.length));
      return new RekeyMessage(header, front, Octets.of(inner), payloads);
    } catch (WireException e) {
      throw new IgnoredMessageException("GSA_REKEY does not parse", e);
    }
  }

  /** The two headers with the lengths of a message without IV, padding and ICV. */
  static byte[] withoutEncryption(byte[] clear, int innerLength) {
    ByteWriter out = new ByteWriter().bytes(clear);
    out.patchU16(24, (CLEAR_LENGTH + innerLength) >>> 16);
    out.patchU16(26, (CLEAR_LENGTH + innerLength) & 0xffff);
    out.patchU16(30, SK_HEADER + innerLength);
    return out.toByteArray();
  }

  /** The 16-octet SPI of the Rekey SA. */
  public Octets spi() {
    return header.rekeySpi();
  }

  /**
   * The signature, when there is an AUTH payload.
   *
   * @throws IgnoredMessageException when there are two, or it is not a Digital Signature (GM-38)
   */
  public Optional<Signature> signature() throws IgnoredMessageException {
    Optional<AuthPayload> auth;
    SignatureAuthData data;
    try {
      auth = payloads.single(AuthPayload.class);
      if (auth.isEmpty()) {
        return Optional.empty();
      }
      if (auth.get().method() != AuthMethod.DIGITAL_SIGNATURE) {
        throw new IgnoredMessageException(
            "AUTH of a GSA_REKEY is not a digital signature but method " + auth.get().method());
      }
      data = SignatureAuthData.decode(auth.get().data());
    } catch (WireException e) {
      throw new IgnoredMessageException("AUTH of a GSA_REKEY", e);
    }
    byte[] signed = inner.toByteArray();
    int end = endOfAuth();
    Arrays.fill(signed, end - data.signature().size(), end, (byte) 0);
    Octets octets = new ByteWriter().octets(clear).bytes(signed).toOctets();
    return Optional.of(new Signature(data.algorithmIdentifier(), octets, data.signature()));
  }

  /**
   * Where the AUTH payload ends in {@link #inner}, which has been parsed: the lengths are right.
   */
  private int endOfAuth() {
    int at = 0;
    int type = payloads.firstType();
    while (type != PayloadType.AUTH) {
      type = inner.get(at);
      at += length(at);
    }
    return at + length(at);
  }

  private int length(int at) {
    return inner.get(at + 2) << 8 | inner.get(at + 3);
  }
}
