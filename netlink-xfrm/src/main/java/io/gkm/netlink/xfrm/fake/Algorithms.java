package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import java.util.List;
import java.util.Optional;

/** The algorithms that a usual kernel has for XFRM, with the key lengths that they take. */
final class Algorithms {
  /**
   * A cipher, with or without integrity.
   *
   * @param alias another name that the kernel knows it by
   * @param icvBits that it can be asked for; none without integrity
   * @param keyOctets with the salt
   */
  record Cipher(String name, String alias, List<Integer> icvBits, List<Integer> keyOctets) {}

  /**
   * An integrity algorithm.
   *
   * @param usualBits of the ICV where nothing is said
   * @param fullBits of the ICV at most
   * @param keyOctets that it takes; none: any
   */
  record Integrity(
      String name, String alias, int usualBits, int fullBits, List<Integer> keyOctets) {}

  private static final List<Integer> AES = List.of(16, 24, 32);
  private static final List<Integer> AES_SALT_4 = List.of(20, 28, 36);
  private static final List<Integer> ICVS = List.of(64, 96, 128);

  private static final List<Cipher> AEADS =
      List.of(
          new Cipher("rfc4106(gcm(aes))", "", ICVS, AES_SALT_4),
          new Cipher("rfc4309(ccm(aes))", "", ICVS, List.of(19, 27, 35)),
          new Cipher("rfc4543(gcm(aes))", "", List.of(128), AES_SALT_4),
          new Cipher("rfc7539esp(chacha20,poly1305)", "", List.of(128), List.of(36)));

  private static final List<Cipher> CIPHERS =
      List.of(
          new Cipher("ecb(cipher_null)", "cipher_null", List.of(), List.of(0)),
          new Cipher("cbc(aes)", "aes", List.of(), AES),
          new Cipher("rfc3686(ctr(aes))", "", List.of(), AES_SALT_4),
          new Cipher("cbc(des3_ede)", "des3_ede", List.of(), List.of(24)));

  private static final List<Integrity> INTEGRITY =
      List.of(
          new Integrity("digest_null", "", 0, 0, List.of(0)),
          new Integrity("hmac(md5)", "md5", 96, 128, List.of()),
          new Integrity("hmac(sha1)", "sha1", 96, 160, List.of()),
          new Integrity("hmac(sha256)", "sha256", 96, 256, List.of()),
          new Integrity("hmac(sha384)", "", 192, 384, List.of()),
          new Integrity("hmac(sha512)", "", 256, 512, List.of()),
          new Integrity("cmac(aes)", "", 96, 128, AES),
          new Integrity("xcbc(aes)", "", 96, 128, List.of(16)));

  private static final List<String> COMPRESSION = List.of("deflate");

  private Algorithms() {}

  static Cipher aead(String name, int icvBits) throws Refusal {
    return AEADS.stream()
        .filter(c -> c.name().equals(name) && c.icvBits().contains(icvBits))
        .findFirst()
        .orElseThrow(() -> unknown("AEAD", name + " with an ICV of " + icvBits + " bits"));
  }

  static Cipher cipher(String name) throws Refusal {
    return CIPHERS.stream()
        .filter(c -> c.name().equals(name) || c.alias().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("cipher", name));
  }

  static Integrity integrity(String name) throws Refusal {
    return INTEGRITY.stream()
        .filter(i -> i.name().equals(name) || i.alias().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("integrity algorithm", name));
  }

  static void compression(String name) throws Refusal {
    Optional<String> known = COMPRESSION.stream().filter(name::equals).findFirst();
    if (known.isEmpty()) {
      throw unknown("compression", name);
    }
  }

  /** Refuses a key that the cryptography cannot use. */
  static void checkKey(String name, List<Integer> keyOctets, int octets) throws Refusal {
    if (!keyOctets.isEmpty() && !keyOctets.contains(octets)) {
      throw new Refusal(Errno.EINVAL, "a key of " + octets + " octets does not fit " + name);
    }
  }

  private static Refusal unknown(String kind, String name) {
    return new Refusal(Errno.ENOSYS, "no such " + kind + ": " + name);
  }
}
