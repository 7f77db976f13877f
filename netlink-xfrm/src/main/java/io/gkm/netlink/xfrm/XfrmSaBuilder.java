package io.gkm.netlink.xfrm;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects the parts of an {@link XfrmSa}. Starts as ESP in transport mode without limits. */
public final class XfrmSaBuilder {
  private final InetAddress source;
  private final InetAddress destination;
  private final int spi;
  private int protocol = XfrmProtocol.ESP;
  private XfrmMark mark = XfrmMark.NONE;
  private XfrmSelector selector;
  private int mode = XfrmMode.TRANSPORT;
  private int reqid;
  private int flags;
  private XfrmLifetime lifetime = XfrmLifetime.FOREVER;
  private XfrmReplay replay = XfrmReplay.window(0);
  private Optional<XfrmAead> aead = Optional.empty();
  private Optional<XfrmEncryption> encryption = Optional.empty();
  private Optional<XfrmAuthTrunc> authentication = Optional.empty();
  private OptionalInt extraFlags = OptionalInt.empty();
  private Optional<XfrmMark> outputMark = Optional.empty();
  private OptionalInt interfaceId = OptionalInt.empty();
  private Optional<XfrmSaDirection> direction = Optional.empty();
  private XfrmUsage usage = XfrmUsage.NONE;
  private XfrmErrors errors = XfrmErrors.NONE;
  private Map<Integer, RawAttribute> unknown = Map.of();

  XfrmSaBuilder(InetAddress source, InetAddress destination, int spi) {
    this.source = source;
    this.destination = destination;
    this.spi = spi;
    this.selector = any(destination);
  }

  XfrmSaBuilder(XfrmSa sa) {
    this(sa.source(), sa.id().destination(), sa.id().spi());
    protocol = sa.id().protocol();
    mark = sa.id().mark();
    selector = sa.selector();
    mode = sa.mode();
    reqid = sa.reqid();
    flags = sa.flags();
    lifetime = sa.lifetime();
    replay = sa.replay();
    aead = sa.aead();
    encryption = sa.encryption();
    authentication = sa.authentication();
    extraFlags = sa.extraFlags();
    outputMark = sa.outputMark();
    interfaceId = sa.interfaceId();
    direction = sa.direction();
    usage = sa.usage();
    errors = sa.errors();
    unknown = sa.unknown();
  }

  private static XfrmSelector any(InetAddress like) {
    try {
      InetAddress zero =
          like instanceof Inet6Address
              ? Inet6Address.getByAddress(null, new byte[16], -1)
              : InetAddress.getByAddress(new byte[4]);
      return XfrmSelector.of(zero, 0, zero, 0);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  public XfrmSaBuilder protocol(int value) {
    protocol = value;
    return this;
  }

  public XfrmSaBuilder mark(XfrmMark value) {
    mark = value;
    return this;
  }

  public XfrmSaBuilder selector(XfrmSelector value) {
    selector = value;
    return this;
  }

  public XfrmSaBuilder mode(int value) {
    mode = value;
    return this;
  }

  public XfrmSaBuilder reqid(int value) {
    reqid = value;
    return this;
  }

  public XfrmSaBuilder flags(int value) {
    flags = value;
    return this;
  }

  public XfrmSaBuilder lifetime(XfrmLifetime value) {
    lifetime = value;
    return this;
  }

  public XfrmSaBuilder replay(XfrmReplay value) {
    replay = value;
    return this;
  }

  public XfrmSaBuilder aead(XfrmAead value) {
    aead = Optional.of(value);
    return this;
  }

  public XfrmSaBuilder encryption(XfrmEncryption value) {
    encryption = Optional.of(value);
    return this;
  }

  public XfrmSaBuilder authentication(XfrmAuthTrunc value) {
    authentication = Optional.of(value);
    return this;
  }

  public XfrmSaBuilder extraFlags(int value) {
    extraFlags = OptionalInt.of(value);
    return this;
  }

  public XfrmSaBuilder outputMark(XfrmMark value) {
    outputMark = Optional.of(value);
    return this;
  }

  public XfrmSaBuilder interfaceId(int value) {
    interfaceId = OptionalInt.of(value);
    return this;
  }

  public XfrmSaBuilder direction(XfrmSaDirection value) {
    direction = Optional.of(value);
    return this;
  }

  XfrmSaBuilder usage(XfrmUsage value) {
    usage = value;
    return this;
  }

  XfrmSaBuilder errors(XfrmErrors value) {
    errors = value;
    return this;
  }

  XfrmSaBuilder unknown(Map<Integer, RawAttribute> value) {
    unknown = value;
    return this;
  }

  public XfrmSa build() {
    return new XfrmSa(
        new XfrmSaId(destination, spi, protocol, mark),
        source,
        selector,
        mode,
        reqid,
        flags,
        lifetime,
        replay,
        aead,
        encryption,
        authentication,
        extraFlags,
        outputMark,
        interfaceId,
        direction,
        usage,
        errors,
        unknown);
  }
}
