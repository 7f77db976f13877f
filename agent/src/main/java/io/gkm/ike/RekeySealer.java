package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.AuthMethod;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.SignatureAuthData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes GSA_REKEY messages, the GCKS's side of {@link RekeyMessage} (RFC 9838 section 2.4.1.1). A
 * member never needs it.
 */
public final class RekeySealer {
  private static final int MAX_ATTEMPTS = 1000;

  /** Signs, with the key that the members have the other half of. */
  public interface Signer {
    /** DER AlgorithmIdentifier, as in the Rekey SA's policy. */
    Octets algorithmIdentifier();

    /**
     * How long signatures are assumed to be; ECDSA's vary, those of another length are made anew.
     */
    int signatureLength();

    /** Signs these octets. */
    byte[] sign(byte[] octets) throws CryptoException;
  }

  private RekeySealer() {}

  /**
   * A message as it would be without encryption.
   *
   * @param clear IKE header and Encrypted payload header
   * @param firstType type of the first payload inside
   * @param inner the payloads inside
   */
  public record Plain(Octets clear, int firstType, Octets inner) {}

  /**
   * The payloads with their signature at the end, not yet sealed.
   *
   * @param spi of the Rekey SA, 16 octets
   * @param payloads without AUTH
   */
  public static Plain plain(
      Octets spi, long messageId, List<Payload> payloads, Optional<Signer> signer)
      throws CryptoException {
    List<Payload> all = new ArrayList<>(payloads);
    if (signer.isEmpty()) {
      return assemble(spi, messageId, all);
    }
    Signer by = signer.get();
    all.add(auth(by, new byte[by.signatureLength()]));
    Plain unsigned = assemble(spi, messageId, all);
    byte[] octets =
        new ByteWriter().octets(unsigned.clear()).octets(unsigned.inner()).toByteArray();
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      byte[] signature = by.sign(octets);
      if (signature.length == by.signatureLength()) {
        all.set(all.size() - 1, auth(by, signature));
        return assemble(spi, messageId, all);
      }
    }
    throw new CryptoException("no signature of " + by.signatureLength() + " octets");
  }

  /** The whole message in one Encrypted payload. */
  public static byte[] seal(SkCipher cipher, Plain plain) throws CryptoException {
    return cipher.seal(plain.clear().toByteArray(), IkeHeader.LENGTH, plain.inner().toByteArray());
  }

  /**
   * The message in fragments of at most {@code maxMessage} octets, or whole when it fits (RFC 9838
   * section 2.4.1.2).
   */
  public static List<byte[]> sealFragments(
      SkCipher cipher, Octets spi, long messageId, Plain plain, int maxMessage)
      throws CryptoException {
    return new MessageSealer(cipher, maxMessage)
        .seal(
            IkeHeader.gsaRekey(spi, true, messageId),
            plain.firstType(),
            0,
            plain.inner().toByteArray());
  }

  private static AuthPayload auth(Signer by, byte[] signature) {
    return new AuthPayload(
        AuthMethod.DIGITAL_SIGNATURE,
        new SignatureAuthData(by.algorithmIdentifier(), Octets.of(signature)).encode());
  }

  private static Plain assemble(Octets spi, long messageId, List<Payload> payloads) {
    PayloadChain chain = new PayloadChain(payloads);
    byte[] inner = chain.encode();
    ByteWriter clear = new ByteWriter();
    IkeHeader.gsaRekey(spi, true, messageId).with(PayloadType.SK, 0).encode(clear);
    PayloadChain.header(clear, chain.firstType(), 0, 0);
    return new Plain(
        Octets.of(RekeyMessage.withoutEncryption(clear.toByteArray(), inner.length)),
        chain.firstType(),
        Octets.of(inner));
  }
}
