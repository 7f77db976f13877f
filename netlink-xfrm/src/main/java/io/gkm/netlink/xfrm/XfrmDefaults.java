package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * What happens to traffic that no policy matches (struct xfrm_userpolicy_default, 3 octets: in,
 * forward, out). Since Linux 5.15.
 */
public record XfrmDefaults(Verdict in, Verdict forward, Verdict out) {
  /** XFRM_USERPOLICY_*. */
  public enum Verdict {
    /** Sent to the kernel: leave it as it is. */
    UNSPECIFIED(0),
    BLOCK(1),
    ACCEPT(2);

    private final int value;

    Verdict(int value) {
      this.value = value;
    }

    int value() {
      return value;
    }
  }

  /** Asks for what there is. */
  static final XfrmDefaults UNSPECIFIED =
      new XfrmDefaults(Verdict.UNSPECIFIED, Verdict.UNSPECIFIED, Verdict.UNSPECIFIED);

  static XfrmDefaults decode(StructReader in) throws NetlinkCodecException {
    XfrmDefaults defaults = new XfrmDefaults(verdict(in), verdict(in), verdict(in));
    in.skip("userpolicy_default padding", Math.min(1, in.remaining()));
    return defaults;
  }

  private static Verdict verdict(StructReader in) throws NetlinkCodecException {
    int value = in.u8("userpolicy_default");
    for (Verdict known : Verdict.values()) {
      if (known.value == value) {
        return known;
      }
    }
    throw in.malformed("userpolicy_default", Integer.toString(value));
  }

  void encode(StructWriter writer) {
    writer.u8(in.value).u8(forward.value).u8(out.value);
  }
}
