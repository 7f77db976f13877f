package io.gkm.ike.crypto;

import io.gkm.ike.wire.KeMethod;
import java.security.SecureRandom;

/**
 * One ephemeral key exchange (Transform Type 4): our private value, used once.
 *
 * <p>Methods and the octets of their public value: 31 curve25519 (32, RFC 8031), 19 ECP-256 (64 = x
 * | y, RFC 5903), 20 ECP-384 (96), 14 MODP-2048 (256, big-endian and left-padded, RFC 3526).
 */
public abstract sealed class KeyExchange implements AutoCloseable
    permits X25519KeyExchange, EcpKeyExchange, ModpKeyExchange {
  private final int method;

  KeyExchange(int method) {
    this.method = method;
  }

  /** Whether {@link #generate} accepts this method. */
  public static boolean isSupported(int method) {
    return method == KeMethod.MODP_2048
        || method == KeMethod.ECP_256
        || method == KeMethod.ECP_384
        || method == KeMethod.CURVE25519;
  }

  /**
   * Octets of a public value of this method, ours and the peer's.
   *
   * @throws CryptoException when the method is not supported
   */
  public static int publicLength(int method) throws CryptoException {
    return switch (method) {
      case KeMethod.MODP_2048 -> 256;
      case KeMethod.ECP_256 -> 64;
      case KeMethod.ECP_384 -> 96;
      case KeMethod.CURVE25519 -> 32;
      default -> throw unsupported(method);
    };
  }

  /**
   * A new private value.
   *
   * @throws CryptoException when the method is not supported
   */
  public static KeyExchange generate(int method, SecureRandom random) throws CryptoException {
    return switch (method) {
      case KeMethod.MODP_2048 -> ModpKeyExchange.fresh(random);
      case KeMethod.ECP_256, KeMethod.ECP_384 -> EcpKeyExchange.fresh(method, random);
      case KeMethod.CURVE25519 -> X25519KeyExchange.fresh(random);
      default -> throw unsupported(method);
    };
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
