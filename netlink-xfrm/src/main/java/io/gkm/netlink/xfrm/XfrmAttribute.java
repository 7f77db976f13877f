package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * One attribute of an XFRM message as an immutable value, header and content: what {@link
 * XfrmAttributeType} lists, or {@link XfrmRawAttribute} for what a newer kernel has.
 */
public sealed interface XfrmAttribute
    permits XfrmAddressAttribute,
        XfrmAddressFilter,
        XfrmAead,
        XfrmAuth,
        XfrmAuthTrunc,
        XfrmCompression,
        XfrmEncap,
        XfrmEncryption,
        XfrmKeyManagerAddress,
        XfrmMark,
        XfrmMigrations,
        XfrmNumber,
        XfrmOffload,
        XfrmPolicyInfo,
        XfrmPolicyType,
        XfrmRawAttribute,
        XfrmReplayEsn,
        XfrmReplayState,
        XfrmSaInfo,
        XfrmSecurityContext,
        XfrmTemplates,
        XfrmUsage {
  /** nla_type. */
  int attributeNumber();

  /** The content, without the attribute's header. */
  void encode(StructWriter out);

  /** Header, content and padding. */
  default void encodeAttribute(StructWriter out) {
    int start = out.beginAttribute(attributeNumber());
    encode(out);
    out.endAttribute(start);
  }

  /** The same without key octets; only their number stays known. */
  default XfrmAttribute withoutKeys() {
    return this;
  }

  /** Overwrites key octets. */
  default void wipe() {}

  /**
   * The attribute of a known type.
   *
   * @param in all of its content
   * @param family of the addresses of the message, AF_*; what has none of its own goes by it
   */
  static XfrmAttribute decode(XfrmAttributeType type, StructReader in, int family)
      throws NetlinkCodecException {
    try {
      XfrmAttribute attribute = decodeContent(type, in, family);
      in.end(type.headerName());
      return attribute;
    } catch (IllegalArgumentException e) {
      // A value refused what is no value of its kind.
      NetlinkCodecException malformed = in.malformed(type.headerName(), e.getMessage());
      malformed.initCause(e);
      throw malformed;
    }
  }

  private static XfrmAttribute decodeContent(XfrmAttributeType type, StructReader in, int family)
      throws NetlinkCodecException {
    return switch (type) {
      case ALG_AUTH -> XfrmAuth.decode(in);
      case ALG_CRYPT -> XfrmEncryption.decode(in);
      case ALG_COMP -> XfrmCompression.decode(in);
      case ALG_AEAD -> XfrmAead.decode(in);
      case ALG_AUTH_TRUNC -> XfrmAuthTrunc.decode(in);
      case ENCAP -> XfrmEncap.decode(in, family);
      case TMPL -> XfrmTemplates.decode(in);
      case SA -> XfrmSaInfo.decode(in);
      case POLICY -> XfrmPolicyInfo.decode(in);
      case SEC_CTX -> XfrmSecurityContext.decode(in);
      case LTIME_VAL -> XfrmUsage.decode(in);
      case REPLAY_VAL -> XfrmReplayState.decode(in);
      case REPLAY_ESN_VAL -> XfrmReplayEsn.decode(in);
      case SRCADDR, COADDR -> XfrmAddressAttribute.decode(type, in, family);
      case POLICY_TYPE -> XfrmPolicyType.decode(in);
      case MIGRATE -> XfrmMigrations.decode(in);
      case KMADDRESS -> XfrmKeyManagerAddress.decode(in);
      case MARK -> XfrmMark.decode(in);
      case ADDRESS_FILTER -> XfrmAddressFilter.decode(in);
      case OFFLOAD_DEV -> XfrmOffload.decode(in);
      default -> XfrmNumber.decode(type, in);
    };
  }
}
