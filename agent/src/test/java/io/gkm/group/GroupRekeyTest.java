package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.ike.CloseReason;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.Octets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** GSA_REKEY as a member sees it, octets and all (RFC 9838 section 2.4.1). */
class GroupRekeyTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);
  private static final String ATD_10_DTD_20 = "8001000a80020014";

  private final TestRekey server = TestRekey.first();

  /** The Rekey SA after {@link TestSa#rekey}; without GCAUTH, as in rekeys. */
  private static TestSa nextRekeySa() {
    TestSa sa = TestSa.rekey().lasting(2000);
    sa.spi = TestSa.material(16, 8);
    sa.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 3));
    return sa.key(TestSa.material(68, 10));
  }

  private static MemberRun member() {
    return member(TestSa.rekey().lasting(2000));
  }

  private static MemberRun member(TestSa rekey) {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestRekey.oldSa(), rekey);
    run.events.clear();
    return run;
  }

  private static DeletePayload delete(int... spis) {
    return DeletePayload.groupSas(
        3, Arrays.stream(spis).mapToObj(spi -> Octets.ofU32(spi)).toList());
  }

  @Test
  @Tag("GM-13")
  void listensWhereTheRekeySaSays() {
    MemberRun run = MemberRun.of(VIDEO).start();
    assertThat(run.member.listening()).isEmpty();

    run.accepted(VIDEO, TestRekey.oldSa(), TestSa.rekey().lasting(2000));

    assertThat(run.listeningChanges).isEqualTo(1);
    assertThat(run.member.listening())
        .containsExactly(
            new RekeyAddress("eth0", TestRekey.GROUP, Optional.of(TestRekey.SERVER.getAddress())));
    run.shutdown();
    assertThat(run.member.listening()).isEmpty();
    assertThat(run.listeningChanges).isEqualTo(2);
  }

  @Test
  void anyPortOrSourceIsForAnySource() {
    TestSa rekey = TestSa.rekey().lasting(2000);
    rekey.source("0.0.0.0", "255.255.255.255", 17, 0, 65535);
    MemberRun run = member(rekey);

    assertThat(run.member.listening())
        .extracting(RekeyAddress::source)
        .containsExactly(Optional.empty());
    run.rekey(
        new UdpPath(TestRekey.GROUP, TestRekey.address("203.0.113.9", 4711)),
        server.message(TestRekey.newSa()));
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
  }

  @Test
  @Tag("GM-18")
  @Tag("GM-22")
  @Tag("GM-36")
  void takesNewSasAtOnceSendsAfterAtdAndDropsTheOldAfterDtd() {
    MemberRun run = member();
    int changes = run.desiredStateChanges;

    run.rekey(server.message(ATD_10_DTD_20, "", List.of(TestRekey.newSa()), delete(0x100)));

    assertThat(run.kinds()).containsExactly(Kind.REKEYED);
    assertThat(run.lastEvent().text()).contains("group video", "0x00000101 in ", "rekeyed");
    assertThat(run.desiredStateChanges).isEqualTo(changes + 1);
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
    assertThat(run.sending()).containsExactly("0x00000100");
    run.pass(Duration.ofSeconds(10));
    assertThat(run.sending()).containsExactly("0x00000101");
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
    run.pass(Duration.ofSeconds(10));
    assertThat(run.spis()).containsExactly("0x00000101");
    assertThat(run.kinds()).containsExactly(Kind.REKEYED);
  }

  @Test
  void withoutDelaysEverythingHappensAtOnce() {
    MemberRun run = member();

    run.rekey(server.message("", "", List.of(TestRekey.newSa()), delete(0x100)));
    run.pass(Duration.ZERO);

    assertThat(run.spis()).containsExactly("0x00000101");
    assertThat(run.sending()).containsExactly("0x00000101");
  }

  @Test
  @Tag("GM-19")
  void eachMessageIdCountsOnceAndNoneBackwards() {
    MemberRun run = member();
    byte[] first = server.message(TestRekey.newSa());
    byte[] second = server.startingAt(5).message(TestSa.esp(0x102).key(TestSa.material(64, 3)));
    byte[] late = server.startingAt(4).message(TestSa.esp(0x103).key(TestSa.material(64, 4)));

    run.rekey(first);
    run.rekey(first);
    run.rekey(second);
    run.rekey(first);
    run.rekey(late);
    run.rekey(second);

    assertThat(run.kinds())
        .containsExactly(
            Kind.REKEYED, Kind.IGNORED, Kind.REKEYED, Kind.IGNORED, Kind.IGNORED, Kind.IGNORED);
    assertThat(run.lastEvent().text()).contains("message id 5, expected is 6 or more");
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101", "0x00000102");
    assertThat(run.group(0).rekey().orElseThrow().accepted()).isEqualTo(2);
    assertThat(run.group(0).rekey().orElseThrow().ignored()).isEqualTo(4);
  }

  @Test
  @Tag("GM-19")
  void idsBelowTheInitialOneAreOld() {
    TestSa rekey = TestSa.rekey();
    rekey.attributes(TestSa.lifetime(2000), HexFormat.of().parseHex("0002000400000003"));
    MemberRun run = member(rekey);

    run.rekey(server.startingAt(2).message(TestRekey.newSa()));
    assertThat(run.spis()).containsExactly("0x00000100");
    run.rekey(server.startingAt(3).message(TestRekey.newSa()));
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
  }

  @Test
  @Tag("GM-22")
  void theNextRekeySaTakesOverAndTheOldOneIsHeardUntilDtd() {
    MemberRun run = member();
    byte[] late = TestRekey.first().startingAt(7).message(TestRekey.newSa());

    run.rekey(server.message(ATD_10_DTD_20, "", List.of(nextRekeySa())));
    assertThat(run.group(0).rekey().orElseThrow().spi())
        .isEqualTo(HexFormat.of().formatHex(TestSa.material(16, 8)));
    assertThat(run.group(0).rekey().orElseThrow().nextMessageId()).isZero();

    run.pass(Duration.ofSeconds(19));
    run.rekey(late);
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
    run.pass(Duration.ofSeconds(1));
    run.rekey(TestRekey.first().startingAt(8).message(TestRekey.newSa()));
    assertThat(run.lastEvent().text()).contains("unknown Rekey SA");

    TestRekey then = new TestRekey(TestSa.material(16, 8), TestSa.material(68, 10));
    run.rekey(then.message(TestSa.esp(0x102).key(TestSa.material(64, 3))));
    assertThat(run.spis()).contains("0x00000102");
  }

  @Test
  void newKeysAreWrappedWithTheOldRekeySaEvenBesideTheNext() {
    MemberRun run = member();

    run.rekey(server.message("", "", List.of(nextRekeySa(), TestRekey.newSa())));

    assertThat(run.kinds()).containsExactly(Kind.REKEYED);
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
  }

  @Test
  void forgedDamagedAndForeignMessagesChangeNothing() {
    MemberRun run = member();
    byte[] good = server.message(TestRekey.newSa());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x04;
      run.rekey(bad);
    }
    for (int length = 0; length < good.length; length++) {
      run.rekey(Arrays.copyOf(good, length));
    }
    run.rekey(new UdpPath(TestRekey.GROUP, TestRekey.address("203.0.113.9", 848)), good);
    run.rekey(new UdpPath(TestRekey.GROUP, TestRekey.address("192.0.2.1", 849)), good);

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.kinds()).containsOnly(Kind.IGNORED);
    run.rekey(good);
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
  }

  @Test
  @Tag("GM-8")
  void aPolicyThatIsNotAllowedIsRefusedAsAWholeAndTheKeyServerKnows() {
    MemberRun run = member();

    run.rekey(
        server.message(
            TestRekey.newSa(),
            TestSa.esp(0x102)
                .key(TestSa.material(64, 3))
                .destination("239.9.9.9", "239.9.9.9", 17, 5000, 5000)));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.kinds()).containsExactly(Kind.POLICY_REFUSED);
    assertThat(run.session().asked).contains("leave video 14");
    assertThat(run.group(0).problem()).get().asString().contains("`allow` does not cover");
  }

  @Test
  @Tag("GM-33")
  void withoutTransportModeInThisMessageItIsTunnelMode() {
    MemberRun run = member();
    server.transportMode = false;

    run.rekey(server.message(TestRekey.newSa()));

    assertThat(run.lastEvent().text()).contains("tunnel mode");
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void keysThatAreInUseDoNotComeAgainUnderAnotherName() {
    MemberRun run = member();

    run.rekey(server.message(TestSa.esp(0x100).key(TestSa.material(64, 5))));

    assertThat(run.lastEvent().text()).contains("in use already, with other keys");
  }

  @Test
  void aRekeySaInUseDoesNotComeAgain() {
    MemberRun run = member();
    TestSa again = TestSa.rekey().lasting(2000);
    again.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 3));

    run.rekey(server.message(again));

    assertThat(run.lastEvent().text()).contains("has the SPI of one in use");
  }

  @Test
  void howRekeysAreAuthenticatedNeverChanges() {
    MemberRun run = member();
    TestSa changed = nextRekeySa();
    changed.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 3), TestSa.transform(14, 1));

    run.rekey(server.message(changed));

    assertThat(run.lastEvent().text()).contains("changes how rekeys are authenticated");
  }

  @Test
  void everySaOfARekeyNeedsALifetime() {
    MemberRun run = member();

    run.rekey(server.message(TestRekey.newSa().attributes()));

    assertThat(run.lastEvent().text()).contains("every SA needs a lifetime");
  }

  @Test
  @Tag("GM-25")
  void aDeletedRekeySaWithoutNameEndsTheMembership() {
    MemberRun run = member();

    run.rekey(server.deletion(DeletePayload.all(6)));

    assertThat(run.spis()).isEmpty();
    assertThat(run.member.listening()).isEmpty();
    assertThat(run.kinds()).containsExactly(Kind.EXCLUDED);
    double wait = run.passToDeadline().toMillis() / 1000.0;
    assertThat(wait).isBetween(1.0, 10.0);
    assertThat(run.session().asked).contains("register video");
  }

  @Test
  @Tag("GM-25")
  void soDoesADeleteWithoutProtocol() {
    MemberRun run = member();

    run.rekey(server.deletion(new DeletePayload(0, 0, List.of())));

    assertThat(run.spis()).isEmpty();
    assertThat(run.kinds()).containsExactly(Kind.EXCLUDED);
  }

  @Test
  @Tag("GM-22")
  void allDataSasGoAfterDtdWhenAllAreDeleted() {
    MemberRun run = member();
    run.rekey(server.message(ATD_10_DTD_20, "", List.of(TestRekey.newSa())));

    run.rekey(server.deletion(DeletePayload.all(3)));
    assertThat(run.spis()).hasSize(2);
    run.pass(Duration.ofSeconds(20));

    assertThat(run.spis()).isEmpty();
    assertThat(run.member.listening()).as("still a member").hasSize(1);
    run.rekey(server.message(TestSa.esp(0x102).key(TestSa.material(64, 3))));
    assertThat(run.spis()).containsExactly("0x00000102");
  }

  @Test
  void deletingByNameOrByProtocolLeavesTheOthers() {
    MemberRun run = member();
    run.rekey(server.message(TestRekey.newSa()));

    run.rekey(server.deletion(DeletePayload.all(2)));
    run.rekey(server.deletion(delete(0x101, 0x999)));
    run.pass(Duration.ofSeconds(1));

    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  @Tag("GM-29")
  void aRekeySaThatIsNotForUsMeansExclusion() {
    MemberRun run = member();
    TestSa notForUs = nextRekeySa();
    notForUs.kwkId = 77;

    run.rekey(server.message(ATD_10_DTD_20, "", List.of(notForUs)));

    assertThat(run.kinds()).containsExactly(Kind.EXCLUDED);
    assertThat(run.lastEvent().text()).contains("excluded this host");
    assertThat(run.spis()).as("until they expire").containsExactly("0x00000100");
    run.pass(Duration.ofSeconds(10));
    assertThat(run.session().asked).contains("register video");
  }

  @Test
  @Tag("GM-21")
  void aSenderWithoutSenderIdDoesNotInstallACounterModeSaAndRegistersAgain() {
    MemberRun run = member();

    run.rekey(server.message(TestSa.gcm(0x102), TestRekey.newSa()));

    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
    assertThat(run.kinds()).containsExactly(Kind.REKEYED, Kind.REKEY_MISSED);
    assertThat(run.lastEvent().text()).contains("0x00000102 needs a Sender-ID");
    assertThat(run.passToDeadline().toMillis()).isBetween(1_000L, 10_000L);
    assertThat(run.session().asked).contains("register video");
  }

  @Test
  @Tag("GM-35")
  void aMessageOnTheNextSpiMeansThatARekeyWasMissed() {
    TestSa rekey = TestSa.rekey();
    byte[] nextSpi = TestSa.material(16, 8);
    rekey.attributes(
        TestSa.lifetime(2000),
        HexFormat.of().parseHex("00030010" + HexFormat.of().formatHex(nextSpi)));
    MemberRun run = member(rekey);
    TestRekey then = new TestRekey(nextSpi, TestSa.material(68, 10));

    run.rekey(then.message(TestRekey.newSa()));

    assertThat(run.kinds()).containsExactly(Kind.REKEY_MISSED);
    assertThat(run.passToDeadline().toMillis()).isBetween(1_000L, 10_000L);
    assertThat(run.session().asked).contains("register video");
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  @Tag("GM-14")
  void anAnswerThatARekeyOvertookIsNotUsed() {
    MemberRun run = member();
    run.pass(Duration.ofSeconds(990));
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RENEWING);
    run.events.clear();
    run.rekey(server.message(TestRekey.newSa()));

    run.hears(
        MemberRun.registered(
            VIDEO, TestAnswer.of(TestRekey.oldSa(), TestSa.rekey().lasting(2000))));

    assertThat(run.spis()).contains("0x00000101");
    assertThat(run.events.get(1).text()).contains("older than a rekey");
    assertThat(run.passToDeadline().toMillis()).isBetween(1L, 10_000L);
  }

  @Test
  @Tag("GM-15")
  void aRegistrationReplacesAllAndTheSameRekeySaGoesOn() {
    MemberRun run = member();
    run.rekey(server.message(TestRekey.newSa()));
    TestSa rekey = TestSa.rekey();
    rekey.attributes(TestSa.lifetime(2000), HexFormat.of().parseHex("0002000400000001"));
    run.pass(Duration.ofSeconds(970));
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RENEWING);

    run.hears(
        MemberRun.registered(
            VIDEO, TestAnswer.of(TestSa.esp(0x105).key(TestSa.material(64, 6)), rekey)));

    assertThat(run.spis()).containsExactly("0x00000105");
    assertThat(run.group(0).rekey().orElseThrow().nextMessageId()).isEqualTo(1);
    int events = run.events.size();
    run.rekey(TestRekey.first().message(TestRekey.newSa()));
    assertThat(run.events.get(events).kind()).as("id 0 was taken before").isEqualTo(Kind.IGNORED);
  }

  @Test
  @Tag("GM-16")
  @Tag("GM-23")
  void theIkeSaMayGoAndTheMemberRegistersOnlyWhenNoRekeyComes() {
    MemberRun run = member();
    run.hears(MemberRun.closed(CloseReason.DELETED_BY_PEER));
    assertThat(run.spis()).containsExactly("0x00000100");
    for (int i = 1; i <= 10; i++) {
      run.pass(Duration.ofMinutes(10));
      TestSa sa = TestSa.esp(0x100 + i).lasting(1000).key(TestSa.material(64, 1 + i));
      TestSa rekey = nextRekeySa();
      rekey.spi = TestSa.material(16, 20 + i);
      rekey.key(TestSa.material(68, 40 + i));
      TestRekey by =
          i == 1 ? server : new TestRekey(TestSa.material(16, 19 + i), TestSa.material(68, 39 + i));
      run.rekey(by.message(ATD_10_DTD_20, "", List.of(sa, rekey), delete(0x100 + i - 1)));
      assertThat(run.sessions).as("no registration").hasSize(1);
    }
    run.pass(Duration.ofSeconds(20));
    assertThat(run.spis()).containsExactly("0x0000010a");

    run.pass(Duration.ofSeconds(980));
    assertThat(run.sessions).as("silence").hasSizeGreaterThan(1);
  }

  @Test
  @Tag("GM-34")
  void aRekeySaThatEndsIsGone() {
    MemberRun run = member(TestSa.rekey().lasting(500));
    run.hears(MemberRun.closed(CloseReason.DELETED_BY_PEER));

    run.pass(Duration.ofSeconds(501));

    assertThat(run.member.listening()).isEmpty();
    assertThat(run.kinds()).contains(Kind.REKEY_MISSED);
    run.rekey(server.message(TestRekey.newSa()));
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void onPort4500TheNonEspMarkerIsInFront() {
    TestSa rekey = TestSa.rekey().lasting(2000);
    rekey.destination("239.255.0.1", "239.255.0.1", 17, 4500, 4500);
    MemberRun run = member(rekey);
    byte[] message = server.message(TestRekey.newSa());
    byte[] datagram = new byte[message.length + 4];
    System.arraycopy(message, 0, datagram, 4, message.length);

    run.rekey(new UdpPath(TestRekey.address("239.255.0.1", 4500), TestRekey.SERVER), datagram);

    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
  }

  @Test
  void aGroupMayBeginWithNothingButARekeySa() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.rekey().lasting(2000));
    assertThat(run.spis()).isEmpty();
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.REGISTERED);

    run.rekey(server.message(TestRekey.newSa()));

    assertThat(run.spis()).containsExactly("0x00000101");
  }

  @Test
  void aGroupHasThousandsOfSasAndNoMoreThanItMay() {
    MemberRun run = member();
    int each = 315;
    for (int i = 0; i < 13; i++) {
      run.rekey(server.message(many(0x1000 + i * each, each)));
    }
    assertThat(run.spis()).hasSize(1 + 13 * each).doesNotHaveDuplicates();
    assertThat(run.member.desired().get(0).dataSas())
        .filteredOn(DataSa::sending)
        .as("all are for the same traffic")
        .hasSize(1);

    run.rekey(server.message(many(0x100000, 2)));
    assertThat(run.lastEvent().text())
        .contains("it brings 2 SAs beside 4096, more than the 4096 that a group may have");
    assertThat(run.spis()).hasSize(4096);
  }

  private static TestSa[] many(int firstSpi, int count) {
    return IntStream.range(firstSpi, firstSpi + count)
        .mapToObj(spi -> TestSa.esp(spi).lasting(1000).key(TestSa.material(64, spi)))
        .toArray(TestSa[]::new);
  }

  @Test
  void kwArxIsUsedOnlyWhereTheConfigurationAsksForIt() {
    GroupSettings experimental =
        new GroupSettings(
            VIDEO.name(),
            VIDEO.id(),
            VIDEO.role(),
            VIDEO.interfaceName(),
            VIDEO.allow(),
            GroupOptions.DEFAULT.withArxKeyWrap());
    TestSa rekey = TestSa.rekey().lasting(2000);
    rekey.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 4), TestSa.transform(14, 1));

    MemberRun plain = MemberRun.of(VIDEO).start();
    plain.accepted(VIDEO, TestRekey.oldSa(), rekey);
    assertThat(plain.lastEvent().text()).contains("KW_ARX, which is experimental");
    assertThat(plain.spis()).isEmpty();

    MemberRun run = MemberRun.of(experimental).start();
    run.accepted(experimental, TestRekey.oldSa(), rekey);
    assertThat(run.member.listening()).hasSize(1);
    assertThat(run.lastRequest().sag().toString()).contains("KW_ARX");
  }

  /** The key server's Delete is not part of the policy that is refused. */
  @Test
  @Tag("GM-22")
  void theDeleteInARefusedRekeyStillCounts() {
    MemberRun run = member();
    TestSa outside = TestRekey.newSa().destination("239.9.9.9", "239.9.9.9", 17, 5000, 5000);

    run.rekey(server.message("", "", List.of(outside), delete(0x100)));

    assertThat(run.kinds()).containsExactly(Kind.POLICY_REFUSED);
    assertThat(run.lastEvent().text()).contains("until they expire or the key server deletes them");
    run.pass(Duration.ofSeconds(1));
    assertThat(run.spis()).isEmpty();
  }

  @Test
  void aSenderIdInARekeyIsNotLookedAt() {
    MemberRun run = member();

    run.rekey(server.message("", "0003000400000005", List.of(TestRekey.newSa())));

    assertThat(run.spis()).containsExactly("0x00000100", "0x00000101");
    run.rekey(server.message(TestSa.gcm(0x102)));
    assertThat(run.lastEvent().text()).contains("0x00000102 needs a Sender-ID");
  }
}
