package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkRequest;
import io.gkm.netlink.StructReader;

/**
 * One message of NETLINK_XFRM as an immutable value: what {@link XfrmMessageType} lists, each a
 * struct and attributes. What is sent to the kernel and what comes from it has one form, so a
 * message is a request, a reply, or an {@link XfrmEvent} of a multicast group.
 */
public sealed interface XfrmMessage extends NetlinkRequest, XfrmEvent
    permits XfrmAcquire,
        XfrmAllocateSpi,
        XfrmDeletePolicy,
        XfrmDeleteSa,
        XfrmDumpPolicies,
        XfrmDumpSas,
        XfrmExpire,
        XfrmFlushPolicies,
        XfrmFlushSas,
        XfrmGetAe,
        XfrmGetDefault,
        XfrmGetPolicy,
        XfrmGetSa,
        XfrmGetSadInfo,
        XfrmGetSpdInfo,
        XfrmMapping,
        XfrmMigrate,
        XfrmMigrateState,
        XfrmNewAe,
        XfrmNewPolicy,
        XfrmNewSa,
        XfrmPolicyExpire,
        XfrmReport,
        XfrmSadInfo,
        XfrmSetDefault,
        XfrmSpdInfo,
        XfrmUpdatePolicy,
        XfrmUpdateSa {
  XfrmMessageType type();

  @Override
  default int typeNumber() {
    return type().number();
  }

  /** What it asks for, for people, such as {@code add}. */
  String operation();

  /** Of what, for people: an SA's source, destination and SPI, or a policy's selector. */
  String object();

  /** The same without key octets; only their number stays known. */
  default XfrmMessage withoutKeys() {
    return this;
  }

  /** Overwrites key octets. */
  default void wipe() {}

  /**
   * Reads a message.
   *
   * @param dump whether it is the request of a dump (NLM_F_DUMP): that has no struct
   * @param in all that follows the message's header
   * @throws NetlinkCodecException for anything that is not as linux/xfrm.h says
   */
  static XfrmMessage decode(XfrmMessageType type, boolean dump, StructReader in)
      throws NetlinkCodecException {
    try {
      XfrmMessage message = dump ? decodeDump(type, in) : decode(type, in);
      in.end(type.headerName());
      return message;
    } catch (IllegalArgumentException e) {
      // A value refused what is no value of its kind.
      NetlinkCodecException malformed = in.malformed(type.headerName(), e.getMessage());
      malformed.initCause(e);
      throw malformed;
    }
  }

  private static XfrmMessage decodeDump(XfrmMessageType type, StructReader in)
      throws NetlinkCodecException {
    return switch (type) {
      case GETSA -> XfrmDumpSas.decode(in);
      case GETPOLICY -> XfrmDumpPolicies.decode(in);
      default -> throw in.malformed(type.headerName(), "is no dump");
    };
  }

  private static XfrmMessage decode(XfrmMessageType type, StructReader in)
      throws NetlinkCodecException {
    return switch (type) {
      case NEWSA -> new XfrmNewSa(XfrmSa.decode(in));
      case DELSA -> XfrmDeleteSa.decode(in);
      case GETSA -> XfrmGetSa.decode(in);
      case NEWPOLICY -> new XfrmNewPolicy(XfrmPolicy.decode(in));
      case DELPOLICY -> XfrmDeletePolicy.decode(in);
      case GETPOLICY -> XfrmGetPolicy.decode(in);
      case ALLOCSPI -> XfrmAllocateSpi.decode(in);
      case ACQUIRE -> XfrmAcquire.decode(in);
      case EXPIRE -> XfrmExpire.decode(in);
      case UPDPOLICY -> new XfrmUpdatePolicy(XfrmPolicy.decode(in));
      case UPDSA -> new XfrmUpdateSa(XfrmSa.decode(in));
      case POLEXPIRE -> XfrmPolicyExpire.decode(in);
      case FLUSHSA -> XfrmFlushSas.decode(in);
      case FLUSHPOLICY -> XfrmFlushPolicies.decode(in);
      case NEWAE -> new XfrmNewAe(XfrmAe.decode(in));
      case GETAE -> new XfrmGetAe(XfrmAe.decode(in));
      case REPORT -> XfrmReport.decode(in);
      case MIGRATE -> XfrmMigrate.decode(in);
      case NEWSADINFO -> XfrmSadInfo.decode(in);
      case GETSADINFO -> XfrmGetSadInfo.decode(in);
      case NEWSPDINFO -> XfrmSpdInfo.decode(in);
      case GETSPDINFO -> XfrmGetSpdInfo.decode(in);
      case MAPPING -> XfrmMapping.decode(in);
      case SETDEFAULT -> new XfrmSetDefault(XfrmDefaults.decode(in));
      case GETDEFAULT -> new XfrmGetDefault(XfrmDefaults.decode(in));
      case MIGRATE_STATE -> XfrmMigrateState.decode(in);
    };
  }
}
