package io.gkm.netlink.xfrm;

import java.net.InetAddress;
import java.util.Optional;

/** Collects the parts of an {@link XfrmSa}. Starts as ESP in transport mode without limits. */
public final class XfrmSaBuilder {
  private final InetAddress source;
  private final InetAddress destination;
  private final int spi;
  private int protocol = XfrmProtocol.ESP;
  private XfrmSelector selector;
  private int mode = XfrmMode.TRANSPORT;
  private int reqid;
  private int sequence;
  private int flags;
  private int replayWindow;
  private Optional<XfrmReplay> replay = Optional.empty();
  private XfrmLifetime lifetime = XfrmLifetime.FOREVER;
  private XfrmUsage usage = XfrmUsage.NONE;
  private XfrmErrors errors = XfrmErrors.NONE;
  private XfrmAttributes attributes = XfrmAttributes.NONE;

  XfrmSaBuilder(InetAddress source, InetAddress destination, int spi) {
    this.source = source;
    this.destination = destination;
    this.spi = spi;
    this.selector = XfrmSelector.any(destination);
  }

  XfrmSaBuilder(XfrmSa sa) {
    this(sa.source(), sa.info().destination(), sa.info().spi());
    protocol = sa.info().protocol();
    selector = sa.selector();
    mode = sa.mode();
    reqid = sa.reqid();
    sequence = sa.info().sequence();
    flags = sa.flags();
    replayWindow = sa.info().replayWindow();
    lifetime = sa.lifetime();
    usage = sa.usage();
    errors = sa.errors();
    attributes = sa.attributes();
  }

  public XfrmSaBuilder protocol(int value) {
    protocol = value;
    return this;
  }

  public XfrmSaBuilder mark(XfrmMark value) {
    return attribute(value);
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

  /** Of the acquire that asked for this SA. */
  public XfrmSaBuilder sequence(int value) {
    sequence = value;
    return this;
  }

  /** {@link XfrmSaFlags}. */
  public XfrmSaBuilder flags(int value) {
    flags = value;
    return this;
  }

  public XfrmSaBuilder lifetime(XfrmLifetime value) {
    lifetime = value;
    return this;
  }

  /** The builder chooses where the kernel wants it written. */
  public XfrmSaBuilder replay(XfrmReplay value) {
    replay = Optional.of(value);
    return this;
  }

  public XfrmSaBuilder aead(XfrmAead value) {
    return attribute(value);
  }

  public XfrmSaBuilder encryption(XfrmEncryption value) {
    return attribute(value);
  }

  public XfrmSaBuilder authentication(XfrmAuthTrunc value) {
    return attribute(value);
  }

  /** XFRM_SA_XFLAG_*, see {@link XfrmSaFlags}. */
  public XfrmSaBuilder extraFlags(int value) {
    return number(XfrmAttributeType.SA_EXTRA_FLAGS, value);
  }

  public XfrmSaBuilder outputMark(XfrmMark value) {
    return number(XfrmAttributeType.SET_MARK, value.value())
        .number(XfrmAttributeType.SET_MARK_MASK, value.mask());
  }

  public XfrmSaBuilder interfaceId(int value) {
    return number(XfrmAttributeType.IF_ID, value);
  }

  public XfrmSaBuilder direction(XfrmSaDirection value) {
    return number(XfrmAttributeType.SA_DIR, value.value());
  }

  /** An attribute that is a number, 32 bits as they are. */
  public XfrmSaBuilder number(XfrmAttributeType type, int bits) {
    return attribute(XfrmNumber.ofBits(type, bits));
  }

  /** Any attribute, in place of the one of its type. */
  public XfrmSaBuilder attribute(XfrmAttribute value) {
    attributes = attributes.with(value);
    return this;
  }

  /**
   * The SA.
   *
   * @throws IllegalArgumentException where addresses are of different families or a number does not
   *     fit its field
   */
  public XfrmSa build() {
    XfrmAttributes all = attributes;
    int window = replayWindow;
    if (replay.isPresent()) {
      boolean extended = (flags & XfrmSaFlags.ESN) != 0;
      window = replay.get().smallWindow(extended);
      all =
          attributes
              .without(XfrmAttributeType.REPLAY_VAL, XfrmAttributeType.REPLAY_ESN_VAL)
              .withAll(replay.get().attributes(extended));
    }
    return new XfrmSa(
        new XfrmSaInfo(
            selector,
            source,
            destination,
            spi,
            protocol,
            lifetime,
            usage,
            errors,
            sequence,
            reqid,
            mode,
            window,
            flags),
        all);
  }
}
