package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.netlink.Errno;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of the SA database. */
abstract class XfrmSaContract extends ContractBase {
  @Test
  void addedSaIsReadBackWithWhatTheKernelAdds() throws Exception {
    XfrmSa sa =
        bare()
            .encryption(aes())
            .authentication(sha256())
            .mark(new XfrmMark(0x15, 0xf))
            .outputMark(new XfrmMark(7, 0xf))
            .interfaceId(42)
            .lifetime(XfrmLifetime.ofSeconds(100, 200))
            .extraFlags(XfrmSaFlags.EXTRA_DONT_ENCAP_DSCP)
            .build();
    client.addSa(sa);
    XfrmSa read = client.dumpSas().get(0);
    XfrmAttributes expected =
        sa.attributes()
            .with(new XfrmAuth("hmac(sha256)", key(32)))
            .with(new XfrmMark(5, 0xf))
            .with(new XfrmReplayState(0, 0, 0));
    assertThat(read.attributes()).isEqualTo(expected);
    assertThat(read.usage().addTime()).isPositive();
    assertThat(read.usage().useTime()).isZero();
    assertThat(read.info()).usingRecursiveComparison().ignoringFields("usage").isEqualTo(sa.info());
  }

  @Test
  void saIsUniqueByDestinationSpiProtocolAndMark() throws Exception {
    client.addSa(esp().build());
    assertRefused(Errno.EEXIST, () -> client.addSa(esp().reqid(78).build()));
    assertRefused(
        Errno.EEXIST,
        () -> client.addSa(XfrmSa.builder(address("10.0.0.1"), GROUP, SPI).aead(gcm(20)).build()));
    client.addSa(esp(OTHER, SPI).build());
    client.addSa(esp(GROUP, SPI + 1).build());
    client.addSa(bare().protocol(XfrmProtocol.AH).authentication(sha256()).build());
    client.addSa(XfrmSa.builder(address("::"), address("ff1e::1"), SPI).aead(gcm(20)).build());
    assertThat(client.dumpSas()).hasSize(5);
  }

  @Test
  void aMarkIsLookedForByItsValueUnderItsMask() throws Exception {
    client.addSa(esp().mark(new XfrmMark(1, 0xff)).build());
    client.addSa(esp().mark(new XfrmMark(2, 0xff)).build());
    assertRefused(Errno.EEXIST, () -> client.addSa(esp().mark(new XfrmMark(0x101, 0xff)).build()));
    // What is found for mark 2 is what bears its value under the own mask: another mask does not
    // make it another SA.
    assertRefused(Errno.EEXIST, () -> client.addSa(esp().mark(new XfrmMark(2, 0xffff)).build()));
    assertThat(client.getSa(esp().build().id())).isEmpty();
    XfrmSaId two = esp().mark(new XfrmMark(2, -1)).build().id();
    assertThat(client.getSa(two).orElseThrow().id().mark()).isEqualTo(new XfrmMark(2, 0xff));
    client.addSa(esp().build());
    // The one without mark is found for all that is none of the others', and for the newest first.
    assertThat(client.getSa(two).orElseThrow().id().mark()).isEqualTo(XfrmMark.NONE);
    assertRefused(Errno.EEXIST, () -> client.addSa(esp().mark(new XfrmMark(9, 0xff)).build()));
  }

  @Test
  void whatIsNotThereCannotBeUpdatedDeletedOrRead() throws Exception {
    XfrmSa sa = esp().build();
    assertRefused(Errno.ESRCH, () -> client.updateSa(sa));
    assertRefused(Errno.ESRCH, () -> client.deleteSa(sa.id()));
    assertRefused(Errno.ESRCH, () -> client.get(XfrmGetSa.of(sa.id()), XfrmNewSa.class));
    assertRefused(
        Errno.ESRCH, () -> client.get(new XfrmGetAe(XfrmAe.of(sa.id(), 0)), XfrmNewAe.class));
    assertRefused(Errno.ENOENT, () -> client.execute(new XfrmExpire(sa, true)));
    assertThat(client.getSa(sa.id())).isEmpty();
    assertThat(client.dumpSas()).isEmpty();
    client.addSa(sa);
    client.deleteSa(sa.id());
    assertRefused(Errno.ESRCH, () -> client.deleteSa(sa.id()));
  }

  @Test
  void saWithoutFittingAlgorithmsIsRefused() throws Exception {
    assertRefused(Errno.EINVAL, () -> client.addSa(bare().build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(bare().authentication(sha256()).build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().encryption(aes()).build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().protocol(XfrmProtocol.AH).build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().protocol(XfrmProtocol.COMP).build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().protocol(17).build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().aead(gcm(21)).build()));
    assertRefused(
        Errno.ENOSYS,
        () -> client.addSa(esp().aead(new XfrmAead("no(such)", key(20), 128)).build()));
    assertRefused(
        Errno.ENOSYS,
        () -> client.addSa(esp().aead(new XfrmAead("rfc4106(gcm(aes))", key(20), 127)).build()));
    assertRefused(
        Errno.EINVAL,
        () ->
            client.addSa(
                bare()
                    .encryption(aes())
                    .authentication(new XfrmAuthTrunc("hmac(sha256)", key(32), 264))
                    .build()));
    assertThat(client.dumpSas()).isEmpty();
  }

  @Test
  void saThatMakesNoSenseIsRefused() throws Exception {
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().mode(9).build()));
    assertRefused(Errno.EINVAL, () -> client.addSa(esp().flags(XfrmSaFlags.ESN).build()));
    assertRefused(
        Errno.EINVAL,
        () ->
            client.addSa(
                esp().flags(XfrmSaFlags.ESN).attribute(XfrmReplayEsn.of(0, 0, 0)).build()));
    assertRefused(
        Errno.EPROTONOSUPPORT,
        () -> client.addSa(esp().selector(XfrmSelector.any(address("::"))).build()));
    assertRefused(
        Errno.EINVAL, () -> client.addSa(esp().number(XfrmAttributeType.TFCPAD, 100).build()));
    client.addSa(esp().mode(XfrmMode.TUNNEL).selector(XfrmSelector.any(address("::"))).build());
  }

  @Test
  void anAttributeThatIsTooShortIsPointedAt() throws Exception {
    XfrmSa sa = esp().attribute(new XfrmRawAttribute(21, new byte[4])).build();
    assertThatThrownBy(() -> client.addSa(sa))
        .isInstanceOfSatisfying(
            XfrmException.class,
            e -> {
              assertThat(e.errnoName()).isEqualTo("ERANGE");
              assertThat(e.attribute()).contains("XFRMA_MARK");
            });
  }

  @Test
  void updateChangesLimitsOutputMarkAndInterfaceAlone() throws Exception {
    XfrmSa sa = esp().replay(XfrmReplay.window(16)).build();
    client.addSa(sa);
    client.updateSa(
        esp()
            .aead(new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(new byte[20]), 128))
            .reqid(99)
            .mode(XfrmMode.TUNNEL)
            .replay(XfrmReplay.window(32))
            .flags(XfrmSaFlags.NO_ECN)
            .selector(to("10.0.0.0", 8))
            .lifetime(XfrmLifetime.ofSeconds(500, 600))
            .outputMark(new XfrmMark(7, 0xf))
            .interfaceId(5)
            .build());
    XfrmSa read = client.getSa(sa.id()).orElseThrow();
    assertThat(read.lifetime()).isEqualTo(XfrmLifetime.ofSeconds(500, 600));
    assertThat(read.outputMark()).contains(new XfrmMark(7, 0xf));
    assertThat(read.interfaceId()).hasValue(5);
    assertThat(read.aead()).isEqualTo(sa.aead());
    assertThat(read.reqid()).isEqualTo(77);
    assertThat(read.mode()).isEqualTo(XfrmMode.TRANSPORT);
    assertThat(read.replay().window()).isEqualTo(16);
    assertThat(read.flags()).isZero();
    assertThat(read.selector()).isEqualTo(sa.selector());
    client.updateSa(esp().build());
    read = client.getSa(sa.id()).orElseThrow();
    assertThat(read.lifetime()).isEqualTo(XfrmLifetime.FOREVER);
    assertThat(read.outputMark()).contains(new XfrmMark(7, 0xf));
    assertThat(read.interfaceId()).hasValue(5);
  }

  @Test
  void encapsulationIsChangedButNeitherGivenNorTaken() throws Exception {
    XfrmSa plain = esp().build();
    XfrmEncap encap = new XfrmEncap(XfrmEncap.ESP_IN_UDP, 4500, 4500, ANY);
    XfrmSa encapsulated = esp(OTHER, SPI).attribute(encap).build();
    client.addSa(plain);
    client.addSa(encapsulated);
    assertRefused(Errno.EINVAL, () -> client.updateSa(esp().attribute(encap).build()));
    assertRefused(Errno.EINVAL, () -> client.updateSa(esp(OTHER, SPI).build()));
    XfrmEncap changed = new XfrmEncap(XfrmEncap.ESP_IN_UDP, 4500, 5000, ANY);
    client.updateSa(esp(OTHER, SPI).attribute(changed).build());
    assertThat(client.getSa(encapsulated.id()).orElseThrow().attributes().find(XfrmEncap.class))
        .contains(changed);
  }

  @Test
  void dumpIsFilteredAndTheNewestComeFirst() throws Exception {
    client.addSa(esp().build());
    client.addSa(esp(OTHER, SPI).build());
    client.addSa(bare().protocol(XfrmProtocol.AH).authentication(sha256()).build());
    client.addSa(XfrmSa.builder(address("::"), address("ff1e::1"), SPI).aead(gcm(20)).build());
    assertThat(client.dumpSas())
        .extracting(s -> s.id().destination().getHostAddress() + " " + s.id().protocol())
        .containsExactly("ff1e:0:0:0:0:0:0:1 50", "239.1.1.1 51", "239.9.9.9 50", "239.1.1.1 50");
    assertThat(client.dumpSas(XfrmDumpSas.of(XfrmProtocol.AH))).hasSize(1);
    assertThat(client.dumpSas(XfrmDumpSas.of(XfrmProtocol.ANY))).hasSize(4);
    assertThat(client.dumpSas(XfrmDumpSas.of(XfrmProtocol.COMP))).isEmpty();
    assertThat(client.dumpSas(XfrmDumpSas.of(XfrmAddressFilter.to(GROUP, 32)))).hasSize(2);
    assertThat(client.dumpSas(XfrmDumpSas.of(XfrmAddressFilter.to(GROUP, 8)))).hasSize(3);
    assertThat(
            client.dumpSas(
                XfrmDumpSas.of(XfrmAddressFilter.to(GROUP, 32)).protocol(XfrmProtocol.ESP)))
        .hasSize(1);
    assertThat(client.dumpSas(XfrmDumpSas.of(XfrmAddressFilter.to(address("ff1e::"), 16))))
        .hasSize(1);
  }

  @Test
  void manyAreDumpedInSeveralDatagrams() throws Exception {
    List<XfrmNewSa> requests =
        IntStream.range(0, 300)
            .mapToObj(i -> new XfrmNewSa(esp(GROUP, 0x1000 + i).build()))
            .toList();
    assertThat(client.batch(requests)).allMatch(Optional::isEmpty);
    assertThat(client.dumpSas()).hasSize(300);
    assertThat(client.sadInfo().count()).hasValue(300);
    assertThat(client.batch(requests))
        .allSatisfy(r -> assertThat(r.orElseThrow().errno()).isEqualTo(Errno.EEXIST));
  }

  @Test
  void flushTakesAProtocolOrAll() throws Exception {
    client.flushSas(0);
    client.addSa(esp().build());
    client.addSa(bare().protocol(XfrmProtocol.AH).authentication(sha256()).build());
    client.flushSas(XfrmProtocol.COMP);
    assertThat(client.dumpSas()).hasSize(2);
    client.flushSas(XfrmProtocol.ESP);
    assertThat(client.dumpSas()).extracting(s -> s.id().protocol()).containsExactly(51);
    client.addSa(esp().build());
    client.flushSas(XfrmProtocol.ANY);
    assertThat(client.sadInfo().count()).hasValue(0);
  }

  @Test
  void anSpiIsAllocatedInARangeAndBecomesAnSa() throws Exception {
    XfrmSa wanted = XfrmSa.builder(address("10.0.0.1"), address("10.0.0.2"), 0).reqid(3).build();
    XfrmSa larval = client.allocateSpi(wanted, 0x1000, 0x1001);
    assertThat(larval.id().spi()).isBetween(0x1000, 0x1001);
    assertThat(larval.aead()).isEmpty();
    assertThat(larval.attributes()).isEqualTo(XfrmAttributes.of(new XfrmReplayState(0, 0, 0)));
    assertThat(larval.lifetime()).isEqualTo(XfrmLifetime.ofSeconds(0, 30));
    assertThat(larval.selector().family()).isZero();
    assertThat(larval.selector().destinationPrefix()).isEqualTo(32);
    int other = larval.id().spi() == 0x1000 ? 0x1001 : 0x1000;
    XfrmSa second = client.allocateSpi(wanted, other, other);
    assertThat(second.id().spi()).isEqualTo(other);
    assertRefused(Errno.ENOENT, () -> client.allocateSpi(wanted, other, other));
    assertRefused(Errno.EINVAL, () -> client.allocateSpi(wanted, 2, 1));
    XfrmSa sa =
        XfrmSa.builder(address("10.0.0.1"), address("10.0.0.2"), other)
            .reqid(3)
            .aead(gcm(20))
            .build();
    assertRefused(Errno.EEXIST, () -> client.addSa(sa));
    client.updateSa(sa);
    assertThat(client.getSa(sa.id()).orElseThrow().aead()).isEqualTo(sa.aead());
    assertThat(client.getSa(larval.id()).orElseThrow().aead()).isEmpty();
  }

  @Test
  void replayStateIsSetAndRead() throws Exception {
    XfrmSa sa = esp().replay(XfrmReplay.window(128)).build();
    client.addSa(sa);
    assertThat(client.getSa(sa.id()).orElseThrow().replay()).isEqualTo(new XfrmReplay(128, 0, 0));
    XfrmReplayEsn moved = new XfrmReplayEsn(4, 1000, 2000, 128, List.of(1, 2, 3, 4));
    client.execute(
        new XfrmNewAe(
            new XfrmAe(
                sa.id(),
                ANY,
                0,
                0,
                XfrmAttributes.of(moved, new XfrmNumber(XfrmAttributeType.REPLAY_THRESH, 5)))));
    assertThat(client.getSa(sa.id()).orElseThrow().replay())
        .isEqualTo(new XfrmReplay(128, 1000, 2000));
    int flags = XfrmAe.REPLAY_THRESHOLD | XfrmAe.TIMER_THRESHOLD;
    XfrmAe state = client.get(new XfrmGetAe(XfrmAe.of(sa.id(), flags)), XfrmNewAe.class).state();
    assertThat(state.attributes().find(XfrmReplayEsn.class)).contains(moved);
    assertThat(state.attributes().number(XfrmAttributeType.REPLAY_THRESH)).hasValue(5);
    assertThat(state.attributes().number(XfrmAttributeType.ETIMER_THRESH)).hasValue(10);
    assertThat(state.reqid()).isEqualTo(77);
    assertRefused(Errno.EINVAL, () -> client.execute(new XfrmNewAe(XfrmAe.of(sa.id(), 0))));
    assertRefused(
        Errno.EINVAL,
        () ->
            client.execute(
                new XfrmNewAe(
                    new XfrmAe(
                        sa.id(), ANY, 0, 0, XfrmAttributes.of(XfrmReplayEsn.of(64, 1, 1))))));
  }

  @Test
  void changesAreTold() throws Exception {
    try (Heard heard = new Heard()) {
      XfrmSa sa = esp().mark(new XfrmMark(1, 1)).build();
      client.flushSas(0);
      client.addSa(sa);
      assertThat(heard.next(XfrmNewSa.class).sa().id()).isEqualTo(sa.id());
      XfrmSa changed =
          esp().mark(new XfrmMark(1, 1)).reqid(99).lifetime(XfrmLifetime.ofSeconds(5, 9)).build();
      client.updateSa(changed);
      // The event shows what was asked for, even where the SA did not take it.
      assertThat(heard.next(XfrmUpdateSa.class).sa().reqid()).isEqualTo(99);
      client.deleteSa(sa.id());
      XfrmDeleteSa deleted = heard.next(XfrmDeleteSa.class);
      assertThat(deleted.id()).isEqualTo(sa.id());
      assertThat(deleted.sa().orElseThrow().reqid()).isEqualTo(77);
      assertThat(deleted.sa().orElseThrow().aead().orElseThrow().key().bits()).isEqualTo(160);
      client.addSa(sa);
      heard.next(XfrmNewSa.class);
      client.flushSas(XfrmProtocol.ESP);
      assertThat(heard.next(XfrmFlushSas.class).protocol()).isEqualTo(XfrmProtocol.ESP);
      heard.nothingMore();
    }
  }

  @Test
  void limitsOfTimeExpireSoftlyAndThenRemove() throws Exception {
    XfrmSa sa = esp().mark(new XfrmMark(3, 3)).lifetime(XfrmLifetime.ofSeconds(1, 7)).build();
    // Far apart: a machine may stand still for seconds.
    try (Heard heard = new Heard()) {
      client.addSa(sa);
      heard.next(XfrmNewSa.class);
      pass(Duration.ofSeconds(2));
      XfrmExpire soft = heard.next(XfrmExpire.class);
      assertThat(soft.hard()).isFalse();
      assertThat(soft.sa().id()).isEqualTo(sa.id());
      assertThat(soft.sa().aead()).isEmpty();
      assertThat(client.getSa(sa.id())).isPresent();
      pass(Duration.ofSeconds(6));
      assertThat(heard.next(XfrmExpire.class).hard()).isTrue();
      assertThat(client.getSa(sa.id())).isEmpty();
      heard.nothingMore();
    }
  }

  @Test
  void limitsOfOctetsExpireWhenTheyAreLookedAt() throws Exception {
    XfrmSa sa = esp().build();
    client.addSa(sa);
    XfrmUsage usage = new XfrmUsage(1000, 10, 1_700_000_000, 1_700_000_001);
    client.execute(new XfrmNewAe(new XfrmAe(sa.id(), ANY, 0, 0, XfrmAttributes.of(usage))));
    assertThat(client.getSa(sa.id()).orElseThrow().usage()).isEqualTo(usage);
    try (Heard heard = new Heard()) {
      client.updateSa(esp().lifetime(limits(1000, XfrmLifetime.INFINITE, 11)).build());
      assertThat(heard.next(XfrmExpire.class).hard()).isFalse();
      heard.next(XfrmUpdateSa.class);
      assertThat(client.getSa(sa.id())).isPresent();
      client.updateSa(esp().lifetime(limits(900, 5000, 10)).build());
      // Whether the timer or the event comes first is the kernel's to say.
      XfrmEvent first = heard.next(XfrmEvent.class);
      XfrmEvent second = heard.next(XfrmEvent.class);
      XfrmEvent expired = first instanceof XfrmExpire ? first : second;
      assertThat(expired)
          .isInstanceOfSatisfying(XfrmExpire.class, e -> assertThat(e.hard()).isTrue());
      assertThat(client.getSa(sa.id())).isEmpty();
    }
  }

  private static XfrmLifetime limits(long softBytes, long hardBytes, long hardPackets) {
    long none = XfrmLifetime.INFINITE;
    return new XfrmLifetime(softBytes, hardBytes, none, hardPackets, 0, 0, 0, 0);
  }

  @Test
  void anSaCanBeToldToExpire() throws Exception {
    XfrmSa sa = esp().build();
    client.addSa(sa);
    try (Heard heard = new Heard()) {
      client.execute(new XfrmExpire(sa, false));
      assertThat(heard.next(XfrmExpire.class).hard()).isFalse();
      client.execute(new XfrmExpire(sa, true));
      assertThat(heard.next(XfrmExpire.class).hard()).isTrue();
      assertThat(client.getSa(sa.id())).isEmpty();
      heard.nothingMore();
    }
  }
}
