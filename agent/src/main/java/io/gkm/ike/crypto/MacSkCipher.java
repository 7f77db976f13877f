package io.gkm.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.modes.CTRModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * SK protection by AES-CBC or AES-CTR and an HMAC (RFC 7296 section 3.14): encrypt, then MAC over
 * the whole message in front of the ICV; when opening, the MAC decides before anything is
 * decrypted. AES-CTR (RFC 5930): counter block = salt(4) | IV(8) | 1(4), its key stands in front of
 * the salt.
 */
final class MacSkCipher extends SkCipher {
  private static final int COUNTER_BLOCK = 16;

  private final EncrAlgorithm encr;
  private final IntegAlgorithm integ;
  private final Secret keyAndSalt;
  private final Secret integrityKey;

  MacSkCipher(EncrAlgorithm encr, IntegAlgorithm integ, Secret e, Secret a, IvSource ivs) {
    super(encr, integ.icvOctets(), ivs);
    this.encr = encr;
    this.integ = integ;
    this.keyAndSalt = e;
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
    if (encr == EncrAlgorithm.AES_CTR) {
      CTRModeCipher cipher = SICBlockCipher.newInstance(AESEngine.newInstance());
      cipher.init(forEncryption, parameters(counterBlock(iv)));
      cipher.processBytes(in, inAt, length, out, outAt);
      return;
    }
    CBCModeCipher cipher = CBCBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(forEncryption, parameters(iv));
    for (int done = 0; done < length; done += encr.blockOctets()) {
      cipher.processBlock(in, inAt + done, out, outAt + done);
    }
  }

  private CipherParameters parameters(byte[] iv) {
    byte[] octets = keyAndSalt.bytes();
    return new ParametersWithIV(new KeyParameter(octets, 0, octets.length - encr.saltOctets()), iv);
  }

  private byte[] counterBlock(byte[] iv) {
    byte[] octets = keyAndSalt.bytes();
    int salt = octets.length - encr.saltOctets();
    byte[] block = new byte[COUNTER_BLOCK];
    System.arraycopy(octets, salt, block, 0, encr.saltOctets());
    System.arraycopy(iv, 0, block, encr.saltOctets(), iv.length);
    block[COUNTER_BLOCK - 1] = 1;
    return block;
  }
}
