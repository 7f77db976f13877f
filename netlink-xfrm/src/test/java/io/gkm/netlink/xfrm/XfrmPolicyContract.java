package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.Errno;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The rules of the policy database. */
abstract class XfrmPolicyContract extends ContractBase {
  private static final XfrmPolicyId ID = out(to("239.1.1.1", 32));

  @Test
  void addedPolicyIsReadBackWithWhatTheKernelAdds() throws Exception {
    XfrmPolicy policy =
        XfrmPolicy.protect(
            XfrmPolicyId.of(
                to("239.1.1.1", 32).with(17, 0, 0, 5000, 0xffff),
                XfrmDirection.OUT,
                new XfrmMark(0x15, 0xf),
                OptionalInt.of(7)),
            500,
            XfrmTemplate.esp(ANY, GROUP, 77));
    client.addPolicy(policy);
    XfrmPolicy read = client.dumpPolicies().get(0);
    assertThat(read.attributes())
        .isEqualTo(policy.attributes().with(new XfrmMark(5, 0xf)).with(XfrmPolicyType.MAIN));
    assertThat(read.info().selector()).isEqualTo(policy.info().selector());
    assertThat(read.priority()).isEqualTo(500);
    assertThat(read.action()).isEqualTo(XfrmAction.ALLOW);
    assertThat(read.index()).isEqualTo(1);
    assertThat(read.usage().addTime()).isPositive();
    assertThat(read.lifetime()).isEqualTo(XfrmLifetime.FOREVER);
  }

  @Test
  void policyIsUniqueBySelectorDirectionMarkInterfaceAndType() throws Exception {
    client.addPolicy(XfrmPolicy.block(ID, 10));
    assertRefused(Errno.EEXIST, () -> client.addPolicy(XfrmPolicy.bypass(ID, 20)));
    client.addPolicy(XfrmPolicy.block(out(to("239.1.1.1", 31)), 10));
    client.addPolicy(XfrmPolicy.block(XfrmPolicyId.of(ID.selector(), XfrmDirection.IN), 10));
    client.addPolicy(XfrmPolicy.block(named(new XfrmMark(1, 1), OptionalInt.empty()), 10));
    client.addPolicy(XfrmPolicy.block(named(new XfrmMark(1, 3), OptionalInt.empty()), 10));
    client.addPolicy(XfrmPolicy.block(named(XfrmMark.NONE, OptionalInt.of(1)), 10));
    client.addPolicy(
        XfrmPolicy.block(
            new XfrmPolicyId(
                ID.selector(),
                XfrmDirection.OUT,
                XfrmMark.NONE,
                OptionalInt.empty(),
                XfrmPolicyType.SUB),
            10));
    // Bits outside of the mask make no other mark, and interface 0 is none.
    assertRefused(
        Errno.EEXIST,
        () ->
            client.addPolicy(
                XfrmPolicy.block(named(new XfrmMark(0x11, 1), OptionalInt.empty()), 10)));
    assertRefused(
        Errno.EEXIST,
        () -> client.addPolicy(XfrmPolicy.block(named(XfrmMark.NONE, OptionalInt.of(0)), 10)));
    assertThat(client.dumpPolicies()).hasSize(7);
  }

  private static XfrmPolicyId named(XfrmMark mark, OptionalInt interfaceId) {
    return XfrmPolicyId.of(ID.selector(), XfrmDirection.OUT, mark, interfaceId);
  }

  @Test
  void updateAddsOrReplacesAndKeepsTheIndex() throws Exception {
    client.updatePolicy(XfrmPolicy.block(ID, 10));
    int index = client.getPolicy(ID).orElseThrow().index();
    client.addPolicy(XfrmPolicy.block(out(to("239.9.9.9", 32)), 10));
    client.updatePolicy(XfrmPolicy.protect(ID, 30, XfrmTemplate.esp(ANY, GROUP, 77)));
    XfrmPolicy read = client.getPolicy(ID).orElseThrow();
    assertThat(read.index()).isEqualTo(index);
    assertThat(read.priority()).isEqualTo(30);
    assertThat(read.templates()).hasSize(1);
    assertThat(client.dumpPolicies())
        .extracting(p -> p.info().selector().destination())
        .containsExactly(GROUP, OTHER);
  }

  @Test
  void whatIsNotThereCannotBeDeletedOrRead() throws Exception {
    assertRefused(Errno.ENOENT, () -> client.deletePolicy(ID));
    assertRefused(Errno.ENOENT, () -> client.get(XfrmGetPolicy.of(ID), XfrmNewPolicy.class));
    client.addPolicy(XfrmPolicy.block(ID, 10));
    assertThat(client.getPolicy(out(to("239.1.1.1", 24)))).isEmpty();
    assertThat(client.getPolicy(named(new XfrmMark(1, 1), OptionalInt.empty()))).isEmpty();
    assertThat(client.getPolicy(named(XfrmMark.NONE, OptionalInt.of(4)))).isEmpty();
    client.deletePolicy(ID);
    assertRefused(Errno.ENOENT, () -> client.deletePolicy(ID));
  }

  @Test
  void indicesHoldTheDirectionAndCountByEight() throws Exception {
    XfrmSelector selector = ID.selector();
    client.addPolicy(XfrmPolicy.block(XfrmPolicyId.of(selector, XfrmDirection.IN), 1));
    client.addPolicy(XfrmPolicy.block(XfrmPolicyId.of(selector, XfrmDirection.OUT), 1));
    client.addPolicy(XfrmPolicy.block(XfrmPolicyId.of(selector, XfrmDirection.FWD), 1));
    client.addPolicy(XfrmPolicy.block(out(to("239.9.9.9", 32)), 1).withIndex(801));
    client.addPolicy(XfrmPolicy.block(out(to("239.9.9.8", 32)), 1).withIndex(801));
    assertThat(client.dumpPolicies())
        .extracting(XfrmPolicy::index)
        .containsExactly(25, 801, 18, 9, 8);
    assertRefused(
        Errno.EINVAL,
        () -> client.addPolicy(XfrmPolicy.block(out(to("239.9.9.7", 32)), 1).withIndex(8)));
  }

  @Test
  void anIndexNamesAPolicyToo() throws Exception {
    client.addPolicy(XfrmPolicy.block(ID, 10));
    int index = client.getPolicy(ID).orElseThrow().index();
    XfrmPolicyId another = out(to("10.0.0.0", 8));
    XfrmGetPolicy byIndex = new XfrmGetPolicy(another, index, XfrmAttributes.NONE);
    assertThat(client.get(byIndex, XfrmNewPolicy.class).policy().id().selector())
        .isEqualTo(ID.selector());
    assertRefused(
        Errno.ENOENT,
        () ->
            client.get(
                new XfrmGetPolicy(another, index + 8, XfrmAttributes.NONE), XfrmNewPolicy.class));
    try (Heard heard = new Heard()) {
      client.execute(new XfrmDeletePolicy(another, index, XfrmAttributes.NONE));
      XfrmDeletePolicy event = heard.next(XfrmDeletePolicy.class);
      assertThat(event.index()).isEqualTo(index);
      assertThat(event.id().selector().family()).isZero();
      assertThat(event.policy().orElseThrow().info().selector()).isEqualTo(ID.selector());
    }
    assertThat(client.dumpPolicies()).isEmpty();
  }

  @Test
  void policyThatMakesNoSenseIsRefused() throws Exception {
    XfrmTemplate v6 = XfrmTemplate.esp(address("::"), address("ff1e::1"), 1);
    assertRefused(Errno.EINVAL, () -> client.addPolicy(XfrmPolicy.protect(ID, 1, v6)));
    XfrmTemplate udp = new XfrmTemplate(ANY, GROUP, 0, 17, 1, XfrmMode.TRANSPORT, false);
    assertRefused(Errno.EINVAL, () -> client.addPolicy(XfrmPolicy.protect(ID, 1, udp)));
    XfrmTemplate optional = new XfrmTemplate(ANY, GROUP, 0, 50, 1, XfrmMode.TUNNEL, true);
    assertRefused(Errno.EINVAL, () -> client.addPolicy(XfrmPolicy.protect(ID, 1, optional)));
    XfrmTemplate mode = new XfrmTemplate(ANY, GROUP, 0, 50, 1, 9, false);
    assertRefused(Errno.EINVAL, () -> client.addPolicy(XfrmPolicy.protect(ID, 1, mode)));
    assertRefused(
        Errno.EINVAL,
        () -> client.addPolicy(XfrmPolicy.block(out(XfrmSelector.unspecified(ANY)), 1)));
    assertRefused(
        Errno.EINVAL, () -> client.addPolicy(XfrmPolicy.block(ID, 1).with(XfrmPolicyType.ANY)));
    assertThat(client.dumpPolicies()).isEmpty();
  }

  @Test
  void flushTakesOneDatabase() throws Exception {
    client.flushPolicies();
    XfrmPolicyId sub =
        new XfrmPolicyId(
            ID.selector(),
            XfrmDirection.OUT,
            XfrmMark.NONE,
            OptionalInt.empty(),
            XfrmPolicyType.SUB);
    client.addPolicy(XfrmPolicy.block(ID, 10));
    client.addPolicy(XfrmPolicy.block(sub, 10));
    client.flushPolicies();
    assertThat(client.dumpPolicies()).extracting(XfrmPolicy::id).containsExactly(sub);
    client.execute(new XfrmFlushPolicies(XfrmAttributes.of(XfrmPolicyType.SUB)));
    assertThat(client.dumpPolicies()).isEmpty();
  }

  @Test
  void countsAndThresholdsAreTold() throws Exception {
    client.addPolicy(XfrmPolicy.block(ID, 10));
    client.addPolicy(XfrmPolicy.block(out(to("239.0.0.0", 8)), 10));
    client.addPolicy(XfrmPolicy.block(XfrmPolicyId.of(ID.selector(), XfrmDirection.FWD), 10));
    XfrmSpdInfo info = client.spdInfo();
    assertThat(info.counts()).contains(new XfrmSpdInfo.Counts(0, 2, 1, 0, 0, 0));
    assertThat(info.ipv4()).contains(new XfrmSpdInfo.Thresholds(32, 32));
    assertThat(info.ipv6()).contains(new XfrmSpdInfo.Thresholds(128, 128));
    XfrmSpdInfo.Thresholds four = new XfrmSpdInfo.Thresholds(16, 24);
    XfrmSpdInfo.Thresholds six = new XfrmSpdInfo.Thresholds(64, 48);
    client.execute(XfrmSpdInfo.of(four, six));
    assertThat(client.spdInfo().ipv4()).contains(four);
    assertThat(client.spdInfo().ipv6()).contains(six);
    assertRefused(
        Errno.EINVAL, () -> client.execute(XfrmSpdInfo.of(new XfrmSpdInfo.Thresholds(33, 0), six)));
    assertThat(client.sadInfo().count()).hasValue(0);
  }

  @Test
  void defaultsAreSetWhereTheyAreSaid() throws Exception {
    XfrmDefaults.Verdict accept = XfrmDefaults.Verdict.ACCEPT;
    XfrmDefaults.Verdict block = XfrmDefaults.Verdict.BLOCK;
    assertThat(client.defaults()).isEqualTo(new XfrmDefaults(accept, accept, accept));
    try (Heard heard = new Heard()) {
      client.setDefaults(new XfrmDefaults(block, XfrmDefaults.Verdict.UNSPECIFIED, accept));
      XfrmDefaults expected = new XfrmDefaults(block, accept, accept);
      assertThat(heard.next(XfrmGetDefault.class).defaults()).isEqualTo(expected);
      assertThat(client.defaults()).isEqualTo(expected);
    }
  }

  @Test
  void changesAreTold() throws Exception {
    try (Heard heard = new Heard()) {
      client.flushPolicies();
      client.addPolicy(XfrmPolicy.block(ID, 10));
      XfrmPolicy added = heard.next(XfrmNewPolicy.class).policy();
      assertThat(added.id()).isEqualTo(ID);
      assertThat(added.index()).isEqualTo(1);
      client.updatePolicy(XfrmPolicy.block(ID, 20));
      assertThat(heard.next(XfrmUpdatePolicy.class).policy().priority()).isEqualTo(20);
      client.deletePolicy(ID);
      XfrmDeletePolicy deleted = heard.next(XfrmDeletePolicy.class);
      assertThat(deleted.id()).isEqualTo(ID);
      assertThat(deleted.index()).isZero();
      assertThat(deleted.policy().orElseThrow().priority()).isEqualTo(20);
      client.addPolicy(XfrmPolicy.block(ID, 10));
      heard.next(XfrmNewPolicy.class);
      client.flushPolicies();
      assertThat(heard.next(XfrmFlushPolicies.class).attributes())
          .isEqualTo(XfrmAttributes.of(XfrmPolicyType.MAIN));
      heard.nothingMore();
    }
  }

  @Test
  void limitsOfTimeExpireSoftlyAndThenRemove() throws Exception {
    try (Heard heard = new Heard()) {
      client.addPolicy(XfrmPolicy.block(ID, 10).withLifetime(XfrmLifetime.ofSeconds(1, 4)));
      heard.next(XfrmNewPolicy.class);
      pass(Duration.ofSeconds(2));
      XfrmPolicyExpire soft = heard.next(XfrmPolicyExpire.class);
      assertThat(soft.hard()).isFalse();
      assertThat(soft.policy().id()).isEqualTo(ID);
      assertThat(client.getPolicy(ID)).isPresent();
      pass(Duration.ofSeconds(3));
      assertThat(heard.next(XfrmPolicyExpire.class).hard()).isTrue();
      assertThat(client.getPolicy(ID)).isEmpty();
    }
  }

  @Test
  void aPolicyCanBeToldToExpire() throws Exception {
    XfrmPolicy policy = XfrmPolicy.block(ID, 10);
    assertRefused(Errno.ENOENT, () -> client.execute(new XfrmPolicyExpire(policy, true)));
    client.addPolicy(policy);
    try (Heard heard = new Heard()) {
      client.execute(new XfrmPolicyExpire(policy, false));
      assertThat(heard.next(XfrmPolicyExpire.class).hard()).isFalse();
      client.execute(new XfrmPolicyExpire(policy, true));
      assertThat(heard.next(XfrmPolicyExpire.class).hard()).isTrue();
      assertThat(client.dumpPolicies()).isEmpty();
    }
  }
}
