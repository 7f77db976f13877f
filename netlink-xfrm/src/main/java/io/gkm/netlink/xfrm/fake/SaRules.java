package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmAuth;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmCompression;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaFlags;
import java.util.Set;

/** What an SA must be like for the kernel to take it (verify_newsa_info and what follows it). */
final class SaRules {
  private static final int MAX_COMP_SPI = 0xffff;
  private static final Set<String> AEADS =
      Set.of(
          "rfc4106(gcm(aes))",
          "rfc4543(gcm(aes))",
          "rfc4309(ccm(aes))",
          "rfc7539esp(chacha20,poly1305)");
  private static final Set<String> CIPHERS =
      Set.of(
          "cbc(aes)",
          "rfc3686(ctr(aes))",
          "cbc(camellia)",
          "cbc(des3_ede)",
          "ecb(cipher_null)",
          "cipher_null");
  private static final Set<String> INTEGRITY =
      Set.of(
          "hmac(sha1)",
          "hmac(sha256)",
          "hmac(sha384)",
          "hmac(sha512)",
          "xcbc(aes)",
          "cmac(aes)",
          "digest_null");

  private SaRules() {}

  static void check(XfrmSa sa) throws Refusal {
    XfrmAttributes attributes = sa.attributes();
    switch (sa.info().protocol()) {
      case XfrmProtocol.ESP -> esp(sa);
      case XfrmProtocol.AH -> {
        if (!hasIntegrity(attributes) || attributes.has(XfrmAttributeType.ALG_AEAD)) {
          throw Refusal.invalid("Invalid attributes for AH");
        }
      }
      case XfrmProtocol.COMP -> {
        if (!attributes.has(XfrmAttributeType.ALG_COMP)
            || Integer.compareUnsigned(sa.info().spi(), MAX_COMP_SPI) > 0) {
          throw Refusal.invalid("Invalid attributes for IPComp");
        }
      }
      default -> throw Refusal.invalid("Unsupported protocol");
    }
    if (sa.mode() != XfrmMode.TRANSPORT
        && sa.mode() != XfrmMode.TUNNEL
        && sa.mode() != XfrmMode.BEET) {
      throw Refusal.invalid("Unsupported mode");
    }
    replay(sa);
    algorithms(attributes);
  }

  private static void esp(XfrmSa sa) throws Refusal {
    XfrmAttributes attributes = sa.attributes();
    boolean separate = hasIntegrity(attributes) || attributes.has(XfrmAttributeType.ALG_CRYPT);
    boolean aead = attributes.has(XfrmAttributeType.ALG_AEAD);
    if (separate == aead || attributes.has(XfrmAttributeType.ALG_COMP)) {
      throw Refusal.invalid("ESP wants an AEAD, or a cipher and an integrity algorithm");
    }
    if (attributes.has(XfrmAttributeType.TFCPAD) && sa.mode() != XfrmMode.TUNNEL) {
      throw Refusal.invalid("TFC padding is for tunnel mode");
    }
  }

  private static boolean hasIntegrity(XfrmAttributes attributes) {
    return attributes.has(XfrmAttributeType.ALG_AUTH)
        || attributes.has(XfrmAttributeType.ALG_AUTH_TRUNC);
  }

  private static void replay(XfrmSa sa) throws Refusal {
    boolean esn = (sa.flags() & XfrmSaFlags.ESN) != 0;
    if (esn && sa.attributes().find(XfrmReplayEsn.class).isEmpty()) {
      throw Refusal.invalid("ESN wants its own replay state");
    }
    if (sa.info().replayWindow() != 0 && sa.attributes().find(XfrmReplayEsn.class).isPresent()) {
      throw Refusal.invalid("Two replay windows");
    }
  }

  private static void algorithms(XfrmAttributes attributes) throws Refusal {
    known("AEAD", attributes.find(XfrmAead.class).map(XfrmAead::name).orElse(""), AEADS);
    known(
        "CRYPT",
        attributes.find(XfrmEncryption.class).map(XfrmEncryption::name).orElse(""),
        CIPHERS);
    known(
        "AUTH_TRUNC",
        attributes.find(XfrmAuthTrunc.class).map(XfrmAuthTrunc::name).orElse(""),
        INTEGRITY);
    known("AUTH", attributes.find(XfrmAuth.class).map(XfrmAuth::name).orElse(""), INTEGRITY);
    known(
        "COMP",
        attributes.find(XfrmCompression.class).map(XfrmCompression::name).orElse(""),
        Set.of("deflate"));
  }

  private static void known(String kind, String name, Set<String> names) throws Refusal {
    if (!name.isEmpty() && !names.contains(name)) {
      throw new Refusal(Errno.ENOSYS, "Requested " + kind + " algorithm not found");
    }
  }
}
