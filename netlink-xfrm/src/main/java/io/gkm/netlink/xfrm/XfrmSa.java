package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An SA as the kernel keeps it: the fixed part and attributes. What is read here is what was there,
 * attributes that this library does not know included, and is sent back as it is.
 */
public record XfrmSa(XfrmSaInfo info, XfrmAttributes attributes) {
  /** Begins an SA; protocol, addresses and SPI are what it cannot be without. */
  public static XfrmSaBuilder builder(InetAddress source, InetAddress destination, int spi) {
    return new XfrmSaBuilder(source, destination, spi);
  }

  /** A builder that holds what this SA holds. */
  public XfrmSaBuilder toBuilder() {
    return new XfrmSaBuilder(this);
  }

  static XfrmSa decode(StructReader in) throws NetlinkCodecException {
    XfrmSaInfo info = XfrmSaInfo.decode(in);
    return new XfrmSa(info, XfrmAttributes.decode(in, info.family()));
  }

  void encode(StructWriter out) {
    info.encode(out);
    attributes.encode(out);
  }

  public XfrmSaId id() {
    return new XfrmSaId(info.destination(), info.spi(), info.protocol(), attributes.mark());
  }

  /** 0.0.0.0 or :: for any. */
  public InetAddress source() {
    return info.source();
  }

  /** Only traffic that it matches may use the SA; all where it is the family's any. */
  public XfrmSelector selector() {
    return info.selector();
  }

  /** {@link XfrmMode}. */
  public int mode() {
    return info.mode();
  }

  public int reqid() {
    return info.reqid();
  }

  /** {@link XfrmSaFlags}. */
  public int flags() {
    return info.flags();
  }

  public XfrmLifetime lifetime() {
    return info.lifetime();
  }

  /** Counters, which the kernel fills in. */
  public XfrmUsage usage() {
    return info.usage();
  }

  /** Counters, which the kernel fills in. */
  public XfrmErrors errors() {
    return info.errors();
  }

  /** Whether this is no SA but a state that waits for one: an acquire under way. */
  public boolean isLarval() {
    return info.spi() == 0
        && (info.protocol() == XfrmProtocol.ESP
            || info.protocol() == XfrmProtocol.AH
            || info.protocol() == XfrmProtocol.COMP);
  }

  /** Sequence numbers and window, whichever way they are written. */
  public XfrmReplay replay() {
    Optional<XfrmReplayEsn> extended = attributes.find(XfrmReplayEsn.class);
    if (extended.isPresent()) {
      XfrmReplayEsn esn = extended.get();
      return new XfrmReplay(esn.window(), esn.outSequence(), esn.inSequence());
    }
    XfrmReplayState small =
        attributes.find(XfrmReplayState.class).orElse(new XfrmReplayState(0, 0, 0));
    return new XfrmReplay(
        info.replayWindow(),
        Integer.toUnsignedLong(small.outSequence()),
        Integer.toUnsignedLong(small.inSequence()));
  }

  public Optional<XfrmAead> aead() {
    return attributes.find(XfrmAead.class);
  }

  public Optional<XfrmEncryption> encryption() {
    return attributes.find(XfrmEncryption.class);
  }

  public Optional<XfrmAuthTrunc> authentication() {
    return attributes.find(XfrmAuthTrunc.class);
  }

  /** XFRM_SA_XFLAG_*, see {@link XfrmSaFlags}. */
  public OptionalInt extraFlags() {
    return attributes.number(XfrmAttributeType.SA_EXTRA_FLAGS);
  }

  /** Put on packets after encryption, or on received ones after decryption. */
  public Optional<XfrmMark> outputMark() {
    OptionalInt value = attributes.number(XfrmAttributeType.SET_MARK);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new XfrmMark(
                value.getAsInt(), attributes.number(XfrmAttributeType.SET_MARK_MASK).orElse(-1)));
  }

  /** Of an xfrm interface. */
  public OptionalInt interfaceId() {
    return attributes.number(XfrmAttributeType.IF_ID);
  }

  /** The one direction that it is restricted to; since Linux 6.10. */
  public Optional<XfrmSaDirection> direction() {
    OptionalInt value = attributes.number(XfrmAttributeType.SA_DIR);
    return value.isEmpty() ? Optional.empty() : XfrmSaDirection.of(value.getAsInt());
  }

  /** Overwrites the keys. */
  public void wipe() {
    attributes.wipe();
  }

  /** The same without key octets; only their number stays known. */
  public XfrmSa withoutKeys() {
    return new XfrmSa(info, attributes.withoutKeys());
  }
}
