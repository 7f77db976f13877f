package io.gkm.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * SK protection by AES-CBC and an HMAC (RFC 7296 section 3.14): encrypt, then MAC over the whole
 * message in front of the ICV; when opening, the MAC decides before anything is decrypted.
 */
final class CbcSkCipher extends SkCipher {
  private final EncrAlgorithm encr;
  private final IntegAlgorithm integ;
  private final Secret encryptionKey;
  private final Secret integrityKey;

  CbcSkCipher(EncrAlgorithm encr, IntegAlgorithm integ, Secret e, Secret a, IvSource ivs) {
    super(encr, integ.icvOctets(), ivs);
    this.encr = encr;
    this.integ = integ;
    this.encryptionKey = e;
    this.integrityKey = a;
  }

  @Override
  void encrypt(byte[] message, int body, byte[] iv, byte[] plain) {
    process(true, iv, plain, 0, plain.length, message, body + iv.length);
    int icvOffset = message.length - integ.icvOctets();
    byte[] icv = integ.icv(integrityKey, message, icvOffset);
    System.arraycopy(icv, 0, message, icvOffset, icv.length);
  }

  @Override
  byte[] decrypt(byte[] message, int body) throws CryptoException {
    int icvOffset = message.length - integ.icvOctets();
    byte[] received = Arrays.copyOfRange(message, icvOffset, message.length);
    if (!MessageDigest.isEqual(integ.icv(integrityKey, message, icvOffset), received)) {
      throw new CryptoException("ICV of the encrypted payload is wrong");
    }
    int from = body + encr.ivOctets();
    int length = icvOffset - from;
    if (length % encr.blockOctets() != 0) {
      throw new CryptoException("ciphertext of " + length + " octets is not in whole blocks");
    }
    byte[] plain = new byte[length];
    process(false, Arrays.copyOfRange(message, body, from), message, from, length, plain, 0);
    return plain;
  }

  private void process(
      boolean forEncryption, byte[] iv, byte[] in, int inAt, int length, byte[] out, int outAt) {
    CBCModeCipher cipher = CBCBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(forEncryption, new ParametersWithIV(new KeyParameter(encryptionKey.bytes()), iv));
    for (int done = 0; done < length; done += encr.blockOctets()) {
      cipher.processBlock(in, inAt + done, out, outAt + done);
    }
  }
}
