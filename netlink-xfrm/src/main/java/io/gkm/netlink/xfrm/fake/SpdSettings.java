package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmDefaults;
import io.gkm.netlink.xfrm.XfrmDefaults.Verdict;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmGetDefault;
import io.gkm.netlink.xfrm.XfrmGetSpdInfo;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmSpdInfo;
import io.gkm.netlink.xfrm.XfrmSpdInfo.Thresholds;
import java.util.List;
import java.util.Optional;

/** What is set of the policy database as a whole. */
final class SpdSettings {
  private static final int BITS4 = 32;
  private static final int BITS6 = 128;
  private static final int MAX_BUCKETS = 1 << 20;

  /** Buckets less one: so the kernel says it. */
  private static final int BUCKETS = 7;

  private final Multicast multicast;
  private XfrmDefaults defaults = new XfrmDefaults(Verdict.ACCEPT, Verdict.ACCEPT, Verdict.ACCEPT);
  private Thresholds ipv4 = new Thresholds(BITS4, BITS4);
  private Thresholds ipv6 = new Thresholds(BITS6, BITS6);

  SpdSettings(Multicast multicast) {
    this.multicast = multicast;
  }

  XfrmDefaults defaults() {
    return defaults;
  }

  void defaults(XfrmDefaults changed) {
    defaults =
        new XfrmDefaults(
            changed(defaults.in(), changed.in()),
            changed(defaults.forward(), changed.forward()),
            changed(defaults.out(), changed.out()));
    multicast.tell(XfrmGroup.POLICY, new XfrmGetDefault(defaults), Origin.KERNEL);
  }

  private static Verdict changed(Verdict before, Verdict after) {
    return after == Verdict.UNSPECIFIED ? before : after;
  }

  XfrmSpdInfo info(XfrmGetSpdInfo request, Spd spd) {
    return new XfrmSpdInfo(
        request.requestFlags(),
        Optional.of(
            new XfrmSpdInfo.Counts(
                spd.count(XfrmDirection.IN),
                spd.count(XfrmDirection.OUT),
                spd.count(XfrmDirection.FWD),
                0,
                0,
                0)),
        Optional.of(new XfrmSpdInfo.Hash(BUCKETS, MAX_BUCKETS)),
        Optional.of(ipv4),
        Optional.of(ipv6),
        List.of());
  }

  void thresholds(XfrmSpdInfo request, Spd spd) throws Refusal {
    check(request.ipv4(), BITS4);
    check(request.ipv6(), BITS6);
    ipv4 = request.ipv4().orElse(ipv4);
    ipv6 = request.ipv6().orElse(ipv6);
    spd.rebuild(this::isExact);
  }

  private static void check(Optional<Thresholds> thresholds, int bits) throws Refusal {
    if (thresholds.isPresent()
        && (thresholds.get().local() > bits || thresholds.get().remote() > bits)) {
      throw new Refusal(Errno.EINVAL);
    }
  }

  /** Whether the kernel finds it by its addresses: both prefixes are long enough. */
  boolean isExact(XfrmPolicy policy) {
    XfrmSelector selector = policy.info().selector();
    Thresholds thresholds = Prefixes.isInet6(selector.destination()) ? ipv6 : ipv4;
    boolean out = policy.info().direction() == XfrmDirection.OUT;
    int localBits = out ? selector.sourcePrefix() : selector.destinationPrefix();
    int remoteBits = out ? selector.destinationPrefix() : selector.sourcePrefix();
    return localBits >= thresholds.local() && remoteBits >= thresholds.remote();
  }
}
