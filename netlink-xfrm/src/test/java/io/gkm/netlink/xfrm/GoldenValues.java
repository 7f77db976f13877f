package io.gkm.netlink.xfrm;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The values that golden.c fills in, as ours. */
final class GoldenValues {
  private static final XfrmSelector SELECTOR =
      new XfrmSelector(
          10,
          v6(0x20),
          0x3a,
          v6(0x10),
          0x39,
          0x3536,
          0x3738,
          0x3132,
          0x3334,
          0x3b,
          0x3c3d3e3f,
          0x40414243);
  private static final XfrmLifetime LIMITS =
      new XfrmLifetime(
          0x0101020304050607L,
          0x0202030405060708L,
          0x0303040506070809L,
          0x040405060708090aL,
          0x0505060708090a0bL,
          0x06060708090a0b0cL,
          0x070708090a0b0c0dL,
          0x0808090a0b0c0d0eL);
  private static final XfrmUsage USAGE =
      new XfrmUsage(
          0x1112131415161718L, 0x2122232425262728L, 0x3132333435363738L, 0x4142434445464748L);
  private static final XfrmSaInfo SA =
      new XfrmSaInfo(
          SELECTOR,
          v6(0x70),
          v6(0x50),
          0x61626364,
          0x32,
          LIMITS,
          USAGE,
          new XfrmErrors(0x81828384L, 0x85868788L, 0x898a8b8cL),
          0x91929394,
          0x95969798,
          4,
          0x9b,
          0x9c);
  private static final XfrmPolicyInfo POLICY =
      new XfrmPolicyInfo(
          SELECTOR,
          LIMITS,
          USAGE,
          0xa1a2a3a4,
          0xa5a6a7a8,
          XfrmDirection.FWD,
          XfrmAction.BLOCK,
          0xab,
          0xac);
  private static final XfrmSaId SA_ID = XfrmSaId.of(v6(0x50), 0x61626364, 0x32);
  private static final XfrmAttributes NONE = XfrmAttributes.NONE;

  private GoldenValues() {}

  /** For each struct the messages that begin with it; they are without attributes. */
  static Map<String, List<XfrmMessage>> structs() {
    XfrmPolicyId id = XfrmPolicyId.of(SELECTOR, XfrmDirection.OUT);
    int index = 0xb1b2b3b4;
    XfrmAe state = new XfrmAe(SA_ID, v6(0x70), 0xd1d2d3d4, 0xd5d6d7d8, NONE);
    XfrmSa sa = new XfrmSa(SA, NONE);
    XfrmPolicy policy = new XfrmPolicy(POLICY, NONE);
    XfrmDefaults defaults =
        new XfrmDefaults(
            XfrmDefaults.Verdict.BLOCK,
            XfrmDefaults.Verdict.ACCEPT,
            XfrmDefaults.Verdict.UNSPECIFIED);
    Map<String, List<XfrmMessage>> structs = new LinkedHashMap<>();
    structs.put("xfrm_selector", List.of());
    int flags = 0xf1f2f3f4;
    structs.put(
        "__u32",
        List.of(
            new XfrmGetSadInfo(flags),
            new XfrmGetSpdInfo(flags),
            new XfrmSadInfo(flags, OptionalInt.empty(), Optional.empty(), List.of()),
            new XfrmSpdInfo(
                flags,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of())));
    structs.put("none", List.of(XfrmFlushPolicies.MAIN));
    structs.put("xfrm_usersa_info", List.of(new XfrmNewSa(sa), new XfrmUpdateSa(sa)));
    structs.put("xfrm_usersa_id", List.of(XfrmDeleteSa.of(SA_ID), XfrmGetSa.of(SA_ID)));
    structs.put("xfrm_userspi_info", List.of(new XfrmAllocateSpi(sa, 0xc1c2c3c4, 0xc5c6c7c8)));
    structs.put(
        "xfrm_userpolicy_info", List.of(new XfrmNewPolicy(policy), new XfrmUpdatePolicy(policy)));
    structs.put(
        "xfrm_userpolicy_id",
        List.of(
            new XfrmDeletePolicy(id, index, NONE),
            new XfrmGetPolicy(id, index, NONE),
            new XfrmMigrate(id, index, NONE)));
    structs.put(
        "xfrm_user_acquire",
        List.of(
            new XfrmAcquire(
                v6(0x70),
                v6(0x50),
                0x61626364,
                0x32,
                SELECTOR,
                new XfrmPolicy(acquiredPolicy(), NONE),
                0xc1c2c3c4,
                0xc5c6c7c8,
                0xc9cacbcc,
                0xcdcecfd0)));
    structs.put("xfrm_user_expire", List.of(new XfrmExpire(sa, true)));
    structs.put("xfrm_user_expire/soft", List.of(new XfrmExpire(sa, false)));
    structs.put("xfrm_user_polexpire", List.of(new XfrmPolicyExpire(policy, true)));
    structs.put("xfrm_user_polexpire/soft", List.of(new XfrmPolicyExpire(policy, false)));
    structs.put("xfrm_usersa_flush", List.of(XfrmFlushSas.of(0x33)));
    structs.put("xfrm_aevent_id", List.of(new XfrmNewAe(state), new XfrmGetAe(state)));
    structs.put("xfrm_user_report", List.of(new XfrmReport(0x3c, SELECTOR, NONE)));
    structs.put(
        "xfrm_user_mapping",
        List.of(new XfrmMapping(SA_ID, 0xe1e2e3e4, v6(0x80), v6(0x90), 0xe5e6, 0xe7e8, NONE)));
    structs.put(
        "xfrm_userpolicy_default",
        List.of(new XfrmSetDefault(defaults), new XfrmGetDefault(defaults)));
    structs.put(
        "xfrm_user_migrate_state",
        List.of(
            new XfrmMigrateState(
                SA_ID.withMark(new XfrmMark(0xe1e2e3e4, 0xe5e6e7e8)),
                v4(0x90),
                v4(0x80),
                SELECTOR,
                0xe9eaebec,
                0xedeeeff0,
                NONE)));
    return structs;
  }

  /** Its selector is not that of the flow, so that the two are told apart. */
  private static XfrmPolicyInfo acquiredPolicy() {
    XfrmSelector other =
        new XfrmSelector(
            SELECTOR.family(),
            SELECTOR.source(),
            SELECTOR.sourcePrefix(),
            SELECTOR.destination(),
            SELECTOR.destinationPrefix(),
            SELECTOR.sourcePort(),
            SELECTOR.sourcePortMask(),
            SELECTOR.destinationPort(),
            SELECTOR.destinationPortMask(),
            0x4b,
            SELECTOR.interfaceIndex(),
            0x4c4d4e4f);
    return new XfrmPolicyInfo(
        other,
        POLICY.lifetime(),
        POLICY.usage(),
        POLICY.priority(),
        POLICY.index(),
        POLICY.direction(),
        POLICY.action(),
        POLICY.flags(),
        POLICY.share());
  }

  static XfrmSelector selector() {
    return SELECTOR;
  }

  /** One of each type. */
  static List<XfrmAttribute> attributes() {
    byte[] key = new byte[9];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (0xa0 + i);
    }
    String name = "name(of(it))";
    return List.of(
        new XfrmAuth(name, XfrmKey.copyOf(key)),
        new XfrmEncryption(name, XfrmKey.copyOf(key)),
        new XfrmCompression(name, XfrmKey.copyOf(key)),
        new XfrmAead(name, XfrmKey.copyOf(key), 0x60),
        new XfrmAuthTrunc(name, XfrmKey.copyOf(key), 0x70),
        new XfrmEncap(2, 0x1112, 0x1314, v6(0x15)),
        new XfrmTemplates(List.of(template(0x10, true), template(0x60, false))),
        SA,
        POLICY,
        new XfrmSecurityContext(1, 2, "s:r:t1\0"),
        USAGE,
        new XfrmReplayState(0x11121314, 0x21222324, 0x31323334),
        new XfrmReplayEsn(
            2, 0xf3323334f1121314L, 0xf4424344f2222324L, 50, List.of(0x51525354, 0x61626364)),
        XfrmAddressAttribute.source(v6(0x21)),
        new XfrmAddressAttribute(XfrmAttributeType.COADDR, v6(0x31)),
        XfrmPolicyType.SUB,
        new XfrmMigrations(List.of(migration(0x10), migration(0x60))),
        new XfrmKeyManagerAddress(v6(0x41), v6(0x51)),
        new XfrmMark(0x61626364, 0x71727374),
        new XfrmAddressFilter(v6(0x61), 0x41, v6(0x71), 0x42),
        new XfrmOffload(0x11121319, 6),
        new XfrmNumber(XfrmAttributeType.REPLAY_THRESH, 0xf1121315L),
        new XfrmNumber(XfrmAttributeType.ETIMER_THRESH, 0xf1121316L),
        new XfrmNumber(XfrmAttributeType.LASTUSED, 0xf142434445464748L),
        new XfrmNumber(XfrmAttributeType.TFCPAD, 0xf1121317L),
        new XfrmNumber(XfrmAttributeType.SA_EXTRA_FLAGS, 0xf1121318L),
        new XfrmNumber(XfrmAttributeType.PROTO, 0xf3),
        new XfrmNumber(XfrmAttributeType.SET_MARK, 0xf112131aL),
        new XfrmNumber(XfrmAttributeType.SET_MARK_MASK, 0xf112131bL),
        new XfrmNumber(XfrmAttributeType.IF_ID, 0xf112131cL),
        new XfrmNumber(XfrmAttributeType.MTIMER_THRESH, 0xf112131dL),
        new XfrmNumber(XfrmAttributeType.SA_DIR, 2),
        new XfrmNumber(XfrmAttributeType.NAT_KEEPALIVE_INTERVAL, 0xf112131eL),
        new XfrmNumber(XfrmAttributeType.SA_PCPU, 0xf112131fL),
        new XfrmNumber(XfrmAttributeType.IPTFS_DROP_TIME, 0xf1121320L),
        new XfrmNumber(XfrmAttributeType.IPTFS_REORDER_WINDOW, 0xf122),
        new XfrmNumber(XfrmAttributeType.IPTFS_DONT_FRAG, 1),
        new XfrmNumber(XfrmAttributeType.IPTFS_INIT_DELAY, 0xf1121321L),
        new XfrmNumber(XfrmAttributeType.IPTFS_MAX_QSIZE, 0xf1121322L),
        new XfrmNumber(XfrmAttributeType.IPTFS_PKT_SIZE, 0xf1121323L));
  }

  /** With all attributes that golden.c has for it. */
  static XfrmSadInfo sadInfo() {
    return new XfrmSadInfo(
        0x01020304,
        OptionalInt.of(0x11121324),
        Optional.of(new XfrmSadInfo.Hash(0x21222324, 0x31323334)),
        List.of());
  }

  /** With all attributes that golden.c has for it. */
  static XfrmSpdInfo spdInfo() {
    return new XfrmSpdInfo(
        0x01020304,
        Optional.of(
            new XfrmSpdInfo.Counts(
                0x11121314, 0x21222324, 0x31323334, 0x41424344, 0x51525354, 0x61626364)),
        Optional.of(new XfrmSpdInfo.Hash(0x41424344, 0x51525354)),
        Optional.of(new XfrmSpdInfo.Thresholds(0x61, 0x62)),
        Optional.of(new XfrmSpdInfo.Thresholds(0x71, 0x72)),
        List.of());
  }

  private static XfrmTemplate template(int first, boolean optional) {
    return new XfrmTemplate(
        v6(first + 0x10),
        v6(first),
        0x01020304 + first,
        0x33,
        0x11121314,
        1,
        3,
        optional,
        0x21222324,
        0x31323334,
        0x41424344);
  }

  private static XfrmMigration migration(int first) {
    return new XfrmMigration(
        v6(first + 0x10), v6(first), v4(first + 0x30), v4(first + 0x20), 0x32, 1, 0x51525354);
  }

  private static InetAddress v6(int first) {
    byte[] octets = new byte[16];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (first + i);
    }
    try {
      return Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static InetAddress v4(int first) {
    try {
      return InetAddress.getByAddress(
          new byte[] {(byte) first, (byte) (first + 1), (byte) (first + 2), (byte) (first + 3)});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
