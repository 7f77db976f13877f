package io.gkm.ike.crypto;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * One ephemeral key exchange (Transform Type 4): our private value, used once.
 *
 * <p>Methods and the octets of their public value: 14 to 18 MODP-2048 to MODP-8192 (256 to 1024,
 * big-endian and left-padded, RFC 3526), 19 to 21 ECP-256, -384 and -521 (64, 96, 132 = x | y, RFC
 * 5903), 28 to 30 brainpool (64, 96, 128, RFC 6954), 31 curve25519 (32) and 32 curve448 (56, RFC
 * 8031). MODP groups below 2048 bits and those with small subgroups are left out on purpose (RFC
 * 8247 section 2.4).
 */
public abstract sealed class KeyExchange implements AutoCloseable
    permits MontgomeryKeyExchange, EcpKeyExchange, ModpKeyExchange {
  private final int method;

  KeyExchange(int method) {
    this.method = method;
  }

  /** Whether {@link #generate} accepts this method. */
  public static boolean isSupported(int method) {
    return MontgomeryCurve.find(method).isPresent()
        || EcpGroup.find(method).isPresent()
        || ModpGroup.find(method).isPresent();
  }

  /**
   * Octets of a public value of this method, ours and the peer's.
   *
   * @throws CryptoException when the method is not supported
   */
  public static int publicLength(int method) throws CryptoException {
    return MontgomeryCurve.find(method)
        .map(MontgomeryCurve::octets)
        .or(() -> EcpGroup.find(method).map(EcpGroup::publicOctets))
        .or(() -> ModpGroup.find(method).map(ModpGroup::octets))
        .orElseThrow(() -> unsupported(method));
  }

  /**
   * A new private value.
   *
   * @throws CryptoException when the method is not supported
   */
  public static KeyExchange generate(int method, SecureRandom random) throws CryptoException {
    Optional<MontgomeryCurve> montgomery = MontgomeryCurve.find(method);
    if (montgomery.isPresent()) {
      return MontgomeryKeyExchange.fresh(montgomery.get(), random);
    }
    Optional<EcpGroup> ecp = EcpGroup.find(method);
    if (ecp.isPresent()) {
      return EcpKeyExchange.fresh(ecp.get(), random);
    }
    return ModpKeyExchange.fresh(
        ModpGroup.find(method).orElseThrow(() -> unsupported(method)), random);
  }

  /** The key exchange method. */
  public final int method() {
    return method;
  }

  /** Our public value, as it stands in a KE payload: {@link #publicLength} octets. */
  public abstract byte[] publicValue();

  /**
   * The shared secret, as it goes into SKEYSEED; the caller closes it.
   *
   * @param peerPublic the key exchange data of the peer's KE payload
   * @throws CryptoException when it has the wrong length or is not a valid public value (RFC 6989)
   */
  public final Secret sharedSecret(byte[] peerPublic) throws CryptoException {
    int needed = publicLength(method);
    if (peerPublic.length != needed) {
      throw new CryptoException(
          "public value of key exchange method "
              + method
              + " must have "
              + needed
              + " octets, not "
              + peerPublic.length);
    }
    return agree(peerPublic);
  }

  /** The agreement itself; {@code peerPublic} has the right length. */
  abstract Secret agree(byte[] peerPublic) throws CryptoException;

  /** Forgets the private value; zeroes it where the primitive lets us. */
  @Override
  public abstract void close();

  final CryptoException invalidPublicValue(Throwable cause) {
    return new CryptoException(
        "peer's public value for key exchange method " + method + " is invalid", cause);
  }

  private static CryptoException unsupported(int method) {
    return new CryptoException("key exchange method " + method + " is not supported");
  }
}
