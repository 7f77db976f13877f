package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Algorithms that are tried: those of RFC 8221 and their like that Linux has names for. */
final class ProbedAlgorithms {
  private static final InetAddress NOWHERE = XfrmAddresses.documentation(false);
  private static final int SPI = 0x10002;
  private static final List<Candidate> CANDIDATES = candidates();

  private final XfrmClient client;

  ProbedAlgorithms(XfrmClient client) {
    this.client = client;
  }

  private enum Kind {
    AEAD,
    ENCRYPTION,
    INTEGRITY
  }

  /**
   * @param keyBits with the salt
   */
  private record Candidate(Kind kind, String name, int keyBits, int icvBits, String shown) {}

  private static List<Candidate> candidates() {
    List<Candidate> list = new ArrayList<>();
    for (int key : new int[] {128, 192, 256}) {
      for (int icv : new int[] {64, 96, 128}) {
        aead(list, "rfc4106(gcm(aes))", key, 32, icv);
        aead(list, "rfc4309(ccm(aes))", key, 24, icv);
      }
      aead(list, "rfc4543(gcm(aes))", key, 32, 128);
      cipher(list, "cbc(aes)", key, 0);
      cipher(list, "rfc3686(ctr(aes))", key, 32);
      cipher(list, "cbc(camellia)", key, 0);
    }
    aead(list, "rfc7539esp(chacha20,poly1305)", 256, 32, 128);
    cipher(list, "ecb(cipher_null)", 0, 0);
    integrity(list, "hmac(sha1)", 160, 96);
    integrity(list, "hmac(sha256)", 256, 128);
    integrity(list, "hmac(sha384)", 384, 192);
    integrity(list, "hmac(sha512)", 512, 256);
    integrity(list, "xcbc(aes)", 128, 96);
    integrity(list, "cmac(aes)", 128, 96);
    return List.copyOf(list);
  }

  private static void aead(List<Candidate> list, String name, int key, int salt, int icv) {
    String shown = name + " " + key + " icv " + icv;
    list.add(new Candidate(Kind.AEAD, name, key + salt, icv, shown));
  }

  private static void cipher(List<Candidate> list, String name, int key, int nonce) {
    list.add(new Candidate(Kind.ENCRYPTION, name, key + nonce, 0, name + " " + key));
  }

  private static void integrity(List<Candidate> list, String name, int key, int icv) {
    list.add(new Candidate(Kind.INTEGRITY, name, key, icv, name + " " + key + " icv " + icv));
  }

  /** What is tried. */
  static List<String> names() {
    return CANDIDATES.stream().map(Candidate::shown).toList();
  }

  /** What the kernel takes. */
  Set<String> find() throws NetlinkException {
    Set<String> found = new TreeSet<>();
    for (Candidate candidate : CANDIDATES) {
      XfrmSa sa = sa(candidate);
      try {
        client.addSa(sa);
        client.deleteSa(sa.id());
        found.add(candidate.shown());
      } catch (XfrmException e) {
        // Refused for whatever reason: it cannot be used.
      }
    }
    return found;
  }

  private static XfrmSa sa(Candidate candidate) {
    // Weak keys are refused by some, and all octets alike are weak.
    byte[] octets = new byte[candidate.keyBits() / 8];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i + 1);
    }
    XfrmKey key = XfrmKey.copyOf(octets);
    XfrmSaBuilder sa = XfrmSa.builder(NOWHERE, NOWHERE, SPI);
    return switch (candidate.kind()) {
      case AEAD -> sa.aead(new XfrmAead(candidate.name(), key, candidate.icvBits())).build();
      case ENCRYPTION ->
          sa.encryption(new XfrmEncryption(candidate.name(), key))
              .authentication(new XfrmAuthTrunc("hmac(sha256)", XfrmKey.copyOf(new byte[32]), 128))
              .build();
      case INTEGRITY ->
          sa.encryption(new XfrmEncryption("ecb(cipher_null)", XfrmKey.copyOf(new byte[0])))
              .authentication(new XfrmAuthTrunc(candidate.name(), key, candidate.icvBits()))
              .build();
    };
  }
}
