package io.gkm.ike.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * SK protection by an AEAD (RFC 5282 section 3): nonce = salt | IV, associated data = the prefix.
 */
final class AeadSkCipher extends SkCipher {
  private final EncrAlgorithm encr;
  private final Secret keyAndSalt;

  AeadSkCipher(EncrAlgorithm encr, Secret keyAndSalt, IvSource ivs) {
    super(encr, encr.icvOctets(), ivs);
    this.encr = encr;
    this.keyAndSalt = keyAndSalt;
  }

  @Override
  void encrypt(byte[] message, int body, byte[] iv, byte[] plain) throws CryptoException {
    AEADCipher cipher = cipher(true, message, body);
    int done = cipher.processBytes(plain, 0, plain.length, message, body + iv.length);
    try {
      cipher.doFinal(message, body + iv.length + done);
    } catch (InvalidCipherTextException e) {
      throw new CryptoException("cannot encrypt the message", e);
    }
  }

  @Override
  byte[] decrypt(byte[] message, int body) throws CryptoException {
    int from = body + encr.ivOctets();
    AEADCipher cipher = cipher(false, message, body);
    byte[] plain = new byte[message.length - from - encr.icvOctets()];
    try {
      int done = cipher.processBytes(message, from, message.length - from, plain, 0);
      cipher.doFinal(plain, done);
      return plain;
    } catch (InvalidCipherTextException e) {
      Arrays.fill(plain, (byte) 0);
      throw new CryptoException("ICV of the encrypted payload is wrong", e);
    }
  }

  /**
   * The primitive, keyed; the prefix is {@code message[0, body)} and the IV stands at {@code body}.
   */
  private AEADCipher cipher(boolean forEncryption, byte[] message, int body) {
    byte[] octets = keyAndSalt.bytes();
    int keyOctets = octets.length - encr.saltOctets();
    byte[] nonce = Arrays.copyOfRange(octets, keyOctets, octets.length + encr.ivOctets());
    System.arraycopy(message, body, nonce, encr.saltOctets(), encr.ivOctets());
    AEADCipher cipher = encr.newAead();
    KeyParameter key = new KeyParameter(octets, 0, keyOctets);
    byte[] associated = Arrays.copyOf(message, body);
    cipher.init(
        forEncryption, new AEADParameters(key, encr.icvOctets() * Byte.SIZE, nonce, associated));
    return cipher;
  }
}
