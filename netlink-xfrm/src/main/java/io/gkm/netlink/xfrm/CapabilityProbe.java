package io.gkm.netlink.xfrm;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Tries one capability after the other. An attribute that a kernel does not know it ignores in
 * silence, so what was added is read back; a message that it does not know it refuses.
 */
final class CapabilityProbe {
  private static final InetAddress V4 = XfrmAddresses.documentation(false);
  private static final InetAddress V6 = XfrmAddresses.documentation(true);
  private static final int SPI = 0x10001;

  /** What a kernel without a message or an option says. */
  private static final Set<Integer> LACKS =
      Set.of(
          Errno.EINVAL,
          Errno.ENOSYS,
          Errno.ENOPROTOOPT,
          Errno.EPROTONOSUPPORT,
          Errno.EOPNOTSUPP,
          Errno.EAFNOSUPPORT);

  private final XfrmClient client;

  CapabilityProbe(XfrmClient client) {
    this.client = client;
  }

  boolean has(XfrmCapability capability) throws NetlinkException {
    return switch (capability) {
      case ESP_IPV4 -> takes(esp(V4));
      case ESP_IPV6 -> takes(esp(V6));
      case AH_IPV4 -> takes(ah(V4));
      case AH_IPV6 -> takes(ah(V6));
      case COMP_IPV4 -> takes(comp(V4));
      case COMP_IPV6 -> takes(comp(V6));
      case TUNNEL -> takes(esp(V4).mode(XfrmMode.TUNNEL));
      case BEET -> takes(esp(V4).mode(XfrmMode.BEET));
      case IPTFS -> takes(esp(V4).mode(XfrmMode.IPTFS).direction(XfrmSaDirection.IN));
      case ESN -> takes(esp(V4).flags(XfrmSaFlags.ESN).replay(XfrmReplay.window(64)));
      case LARGE_REPLAY_WINDOW ->
          takes(esp(V4).replay(XfrmReplay.window(XfrmReplayEsn.MAX_WINDOW)));
      case MARK -> keeps(esp(V4).mark(new XfrmMark(1, 3)), XfrmAttributeType.MARK);
      case OUTPUT_MARK ->
          keeps(esp(V4).outputMark(new XfrmMark(1, 3)), XfrmAttributeType.SET_MARK_MASK);
      case INTERFACE_ID -> keeps(esp(V4).interfaceId(7), XfrmAttributeType.IF_ID);
      case EXTRA_FLAGS ->
          keeps(
              esp(V4).extraFlags(XfrmSaFlags.EXTRA_SEQUENCE_MAY_WRAP),
              XfrmAttributeType.SA_EXTRA_FLAGS);
      case TFC_PADDING ->
          keeps(
              esp(V4).mode(XfrmMode.TUNNEL).number(XfrmAttributeType.TFCPAD, 128),
              XfrmAttributeType.TFCPAD);
      case UDP_ENCAPSULATION -> keeps(encapsulated(), XfrmAttributeType.ENCAP);
      case SA_DIRECTION -> keeps(esp(V4).direction(XfrmSaDirection.OUT), XfrmAttributeType.SA_DIR);
      case NAT_KEEPALIVE ->
          keeps(
              encapsulated()
                  .direction(XfrmSaDirection.OUT)
                  .number(XfrmAttributeType.NAT_KEEPALIVE_INTERVAL, 20),
              XfrmAttributeType.NAT_KEEPALIVE_INTERVAL);
      case PER_CPU_SA ->
          keeps(
              esp(V4).direction(XfrmSaDirection.OUT).number(XfrmAttributeType.SA_PCPU, 0),
              XfrmAttributeType.SA_PCPU);
      case DUMP_FILTER -> filters();
      case DEFAULT_POLICY -> answers(XfrmGetDefault.REQUEST);
      case SUB_POLICY ->
          answers(new XfrmNewPolicy(XfrmPolicy.block(policyId(XfrmPolicyType.SUB), 1)));
      case POLICY_HASH_THRESHOLDS -> spdInfo().ipv4().isPresent();
      case MIGRATE -> answers(migrate());
      case MIGRATE_STATE -> answers(migrateState());
    };
  }

  private static XfrmSaBuilder esp(InetAddress address) {
    return XfrmSa.builder(address, address, SPI)
        .encryption(new XfrmEncryption("ecb(cipher_null)", XfrmKey.copyOf(new byte[0])))
        .authentication(new XfrmAuthTrunc("hmac(sha256)", XfrmKey.copyOf(new byte[32]), 128));
  }

  private static XfrmSaBuilder ah(InetAddress address) {
    return XfrmSa.builder(address, address, SPI)
        .protocol(XfrmProtocol.AH)
        .authentication(new XfrmAuthTrunc("hmac(sha256)", XfrmKey.copyOf(new byte[32]), 128));
  }

  private static XfrmSaBuilder comp(InetAddress address) {
    return XfrmSa.builder(address, address, 0x101)
        .protocol(XfrmProtocol.COMP)
        .attribute(new XfrmCompression("deflate", XfrmKey.copyOf(new byte[0])));
  }

  private static XfrmSaBuilder encapsulated() {
    return esp(V4)
        .attribute(new XfrmEncap(XfrmEncap.ESP_IN_UDP, 4500, 4500, XfrmAddresses.any(V4)));
  }

  /** Whether the kernel takes it; it is removed again. */
  private boolean takes(XfrmSaBuilder builder) throws NetlinkException {
    return tried(builder.build()).isPresent();
  }

  /** Whether the kernel takes it and shows this attribute of it. */
  private boolean keeps(XfrmSaBuilder builder, XfrmAttributeType type) throws NetlinkException {
    XfrmSa sa = builder.build();
    Optional<XfrmAttribute> wanted = sa.attributes().find(type);
    return tried(sa).flatMap(read -> read.attributes().find(type)).equals(wanted);
  }

  private Optional<XfrmSa> tried(XfrmSa sa) throws NetlinkException {
    try {
      client.addSa(sa);
    } catch (XfrmException e) {
      return lacks(e);
    }
    try {
      Optional<XfrmSa> read = client.getSa(sa.id());
      client.deleteSa(sa.id());
      return read;
    } catch (XfrmException e) {
      throw unexpected(e);
    }
  }

  /** Whether the kernel knows the message, though there is nothing that it could change. */
  private boolean answers(XfrmMessage message) throws NetlinkException {
    try {
      client.execute(message);
      return true;
    } catch (XfrmException e) {
      return !LACKS.contains(e.errno());
    }
  }

  private boolean filters() throws NetlinkException {
    try {
      client.addSa(esp(V4).build());
      boolean filtered = client.dumpSas(XfrmDumpSas.of(XfrmProtocol.AH)).isEmpty();
      client.deleteSa(esp(V4).build().id());
      return filtered;
    } catch (XfrmException e) {
      return lacks(e).isPresent();
    }
  }

  private XfrmSpdInfo spdInfo() throws NetlinkException {
    try {
      return client.spdInfo();
    } catch (XfrmException e) {
      throw unexpected(e);
    }
  }

  private static XfrmPolicyId policyId(XfrmPolicyType type) {
    return new XfrmPolicyId(
        XfrmSelector.any(V4), XfrmDirection.OUT, XfrmMark.NONE, OptionalInt.empty(), type);
  }

  /** A well-formed one, of a policy and an SA that are not there. */
  private static XfrmMigrate migrate() {
    XfrmMigration migration =
        new XfrmMigration(V4, V4, V4, V4, XfrmProtocol.ESP, XfrmMode.TUNNEL, 1);
    return new XfrmMigrate(
        policyId(XfrmPolicyType.MAIN),
        0,
        XfrmAttributes.of(new XfrmMigrations(java.util.List.of(migration))));
  }

  private static XfrmMigrateState migrateState() {
    return new XfrmMigrateState(
        XfrmSaId.of(V4, SPI, XfrmProtocol.ESP),
        V4,
        V4,
        XfrmSelector.any(V4),
        1,
        0,
        XfrmAttributes.NONE);
  }

  private static <T> Optional<T> lacks(XfrmException e) throws NetlinkException {
    if (LACKS.contains(e.errno())) {
      return Optional.empty();
    }
    throw unexpected(e);
  }

  private static NetlinkException unexpected(XfrmException e) {
    NetlinkException failure =
        new NetlinkException("the kernel's capabilities cannot be probed: " + e.getMessage(), 0);
    failure.initCause(e);
    return failure;
  }
}
