package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaFlags;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What an SA must be and have before the kernel looks at its algorithms at all. */
final class SaRules {
  private static final int ROUTING = 43;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int BITS_OF_WORD = 32;
  private static final int COMP_SPIS = 0x10000;

  private static final Set<Integer> MODES =
      Set.of(XfrmMode.TRANSPORT, XfrmMode.TUNNEL, XfrmMode.ROUTE_OPTIMIZATION, XfrmMode.BEET);

  private SaRules() {}

  /** Whether an SPI names the SA; the others are named by their source. */
  static boolean hasSpi(int protocol) {
    return protocol == XfrmProtocol.ESP
        || protocol == XfrmProtocol.AH
        || protocol == XfrmProtocol.COMP;
  }

  static void check(XfrmSa sa) throws Refusal {
    checkOpenSelector(sa);
    checkAttributes(sa);
    checkReplay(sa);
    if (!MODES.contains(sa.mode())) {
      throw invalid("mode " + sa.mode() + " is not supported");
    }
    if (has(sa, XfrmAttributeType.MTIMER_THRESH) && !has(sa, XfrmAttributeType.ENCAP)) {
      throw invalid("MTIMER_THRESH needs ENCAP");
    }
  }

  /** One whose family is left open takes the SA's, and is not checked when it is read. */
  private static void checkOpenSelector(XfrmSa sa) throws Refusal {
    boolean stays = (sa.flags() & XfrmSaFlags.UNSPECIFIED_FAMILY) != 0;
    int bits = Prefixes.bits(sa.info().destination());
    boolean tooLong =
        sa.selector().sourcePrefix() > bits || sa.selector().destinationPrefix() > bits;
    if (sa.selector().family() == 0 && !stays && tooLong) {
      throw invalid("a prefix of the selector is longer than its address");
    }
  }

  private static void checkAttributes(XfrmSa sa) throws Refusal {
    switch (sa.info().protocol()) {
      case XfrmProtocol.ESP -> checkEsp(sa);
      case XfrmProtocol.AH -> checkAh(sa);
      case XfrmProtocol.COMP -> checkComp(sa);
      case ROUTING, DESTINATION_OPTIONS -> checkMobile(sa);
      default -> throw invalid("protocol " + sa.info().protocol() + " is not supported");
    }
  }

  private static void checkEsp(XfrmSa sa) throws Refusal {
    without(sa, "ESP", XfrmAttributeType.ALG_COMP);
    boolean aead = has(sa, XfrmAttributeType.ALG_AEAD);
    boolean separate = hasAuthentication(sa.attributes()) || has(sa, XfrmAttributeType.ALG_CRYPT);
    if (!aead && !separate) {
      throw invalid("ESP without an algorithm");
    }
    if (aead && separate) {
      throw invalid("ESP with ALG_AEAD and another algorithm");
    }
    if (has(sa, XfrmAttributeType.TFCPAD) && sa.mode() != XfrmMode.TUNNEL) {
      throw invalid("TFCPAD is for tunnels");
    }
  }

  private static void checkAh(XfrmSa sa) throws Refusal {
    if (!hasAuthentication(sa.attributes())) {
      throw invalid("AH without ALG_AUTH_TRUNC or ALG_AUTH");
    }
    without(
        sa,
        "AH",
        XfrmAttributeType.ALG_AEAD,
        XfrmAttributeType.ALG_CRYPT,
        XfrmAttributeType.ALG_COMP,
        XfrmAttributeType.TFCPAD);
  }

  private static void checkComp(XfrmSa sa) throws Refusal {
    if (!has(sa, XfrmAttributeType.ALG_COMP)) {
      throw invalid("IPComp without ALG_COMP");
    }
    without(
        sa,
        "IPComp",
        XfrmAttributeType.ALG_AEAD,
        XfrmAttributeType.ALG_AUTH,
        XfrmAttributeType.ALG_AUTH_TRUNC,
        XfrmAttributeType.ALG_CRYPT,
        XfrmAttributeType.TFCPAD);
    if (Integer.compareUnsigned(sa.info().spi(), COMP_SPIS) >= 0) {
      throw invalid("the SPI of IPComp has 16 bits");
    }
  }

  private static void checkMobile(XfrmSa sa) throws Refusal {
    without(
        sa,
        "Mobile IPv6",
        XfrmAttributeType.ALG_COMP,
        XfrmAttributeType.ALG_AUTH,
        XfrmAttributeType.ALG_AUTH_TRUNC,
        XfrmAttributeType.ALG_AEAD,
        XfrmAttributeType.ALG_CRYPT,
        XfrmAttributeType.ENCAP,
        XfrmAttributeType.SEC_CTX,
        XfrmAttributeType.TFCPAD);
    if (!has(sa, XfrmAttributeType.COADDR)) {
      throw invalid("Mobile IPv6 without COADDR");
    }
  }

  private static void checkReplay(XfrmSa sa) throws Refusal {
    Optional<XfrmReplayEsn> replay = sa.attributes().find(XfrmReplayEsn.class);
    boolean extended = (sa.flags() & XfrmSaFlags.ESN) != 0;
    if (replay.isEmpty()) {
      if (extended) {
        throw invalid("extended sequence numbers need REPLAY_ESN_VAL");
      }
      return;
    }
    int protocol = sa.info().protocol();
    if (protocol != XfrmProtocol.ESP && protocol != XfrmProtocol.AH) {
      throw invalid("REPLAY_ESN_VAL is for ESP and AH");
    }
    if (sa.info().replayWindow() != 0) {
      throw invalid("REPLAY_ESN_VAL and a replay window in the fixed part");
    }
  }

  /** What the kernel finds out only when the algorithms are there. */
  static void checkWindow(XfrmSa sa) throws Refusal {
    Optional<XfrmReplayEsn> replay = sa.attributes().find(XfrmReplayEsn.class);
    if (replay.isPresent()) {
      if (replay.get().window() > replay.get().words() * BITS_OF_WORD) {
        throw invalid("the replay window is larger than its bitmap");
      }
      if ((sa.flags() & XfrmSaFlags.ESN) != 0 && replay.get().window() == 0) {
        throw invalid("extended sequence numbers need a replay window");
      }
    }
  }

  /** Transport mode cannot carry one family in the other. */
  static void checkFamilies(XfrmSa sa) throws Refusal {
    boolean inet6 = Prefixes.isInet6(sa.info().destination());
    if (sa.mode() == XfrmMode.ROUTE_OPTIMIZATION && !inet6) {
      throw new Refusal(Errno.EPROTONOSUPPORT, "route optimization is for IPv6");
    }
    boolean tunnel = sa.mode() == XfrmMode.TUNNEL || sa.mode() == XfrmMode.BEET;
    boolean open = sa.selector().family() == 0;
    if (!tunnel && !open && Prefixes.isInet6(sa.selector().destination()) != inet6) {
      throw new Refusal(Errno.EPROTONOSUPPORT, "only tunnels can change the family");
    }
  }

  private static void without(XfrmSa sa, String protocol, XfrmAttributeType... types)
      throws Refusal {
    Optional<XfrmAttributeType> wrong =
        Arrays.stream(types).filter(type -> has(sa, type)).findFirst();
    if (wrong.isPresent()) {
      throw invalid(protocol + " with " + wrong.get());
    }
  }

  private static boolean hasAuthentication(XfrmAttributes attributes) {
    return attributes.has(XfrmAttributeType.ALG_AUTH)
        || attributes.has(XfrmAttributeType.ALG_AUTH_TRUNC);
  }

  private static boolean has(XfrmSa sa, XfrmAttributeType type) {
    return sa.attributes().has(type);
  }

  private static Refusal invalid(String text) {
    return new Refusal(Errno.EINVAL, text);
  }
}
