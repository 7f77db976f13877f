package io.gkm.netlink.xfrm;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An SA as the kernel keeps it (struct xfrm_usersa_info and attributes).
 *
 * @param selector only traffic that it matches may use the SA; all where it is the family's any
 * @param source 0.0.0.0 or :: for any
 * @param mode {@link XfrmMode}
 * @param flags XFRM_STATE_*
 * @param extraFlags XFRM_SA_XFLAG_*
 * @param outputMark put on packets after encryption
 * @param interfaceId of an xfrm interface
 * @param usage counters; the kernel fills them in
 * @param errors counters; the kernel fills them in
 * @param unknown attributes that this library does not know, by type
 */
public record XfrmSa(
    XfrmSaId id,
    InetAddress source,
    XfrmSelector selector,
    int mode,
    int reqid,
    int flags,
    XfrmLifetime lifetime,
    XfrmReplay replay,
    Optional<XfrmAead> aead,
    Optional<XfrmEncryption> encryption,
    Optional<XfrmAuthTrunc> authentication,
    OptionalInt extraFlags,
    Optional<XfrmMark> outputMark,
    OptionalInt interfaceId,
    Optional<XfrmSaDirection> direction,
    XfrmUsage usage,
    XfrmErrors errors,
    Map<Integer, RawAttribute> unknown) {
  public XfrmSa {
    unknown = Map.copyOf(unknown);
  }

  /** Begins an SA; protocol, addresses and SPI are what it cannot be without. */
  public static XfrmSaBuilder builder(InetAddress source, InetAddress destination, int spi) {
    return new XfrmSaBuilder(source, destination, spi);
  }

  /** A builder that holds what this SA holds. */
  public XfrmSaBuilder toBuilder() {
    return new XfrmSaBuilder(this);
  }

  /** Overwrites the keys. */
  public void wipe() {
    aead.ifPresent(a -> a.key().close());
    encryption.ifPresent(e -> e.key().close());
    authentication.ifPresent(a -> a.key().close());
  }
}
