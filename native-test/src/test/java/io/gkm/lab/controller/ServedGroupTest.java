package io.gkm.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.group.AddressText;
import io.gkm.ike.Moment;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.lab.SeededRandom;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** One group of the lab key server at its edges. */
class ServedGroupTest {
  private static final Moment NOW = new Moment(0);

  private static InetAddress address(String text) {
    return AddressText.parse(text).orElseThrow();
  }

  /** A group of one AES-GCM SA; with a key tree of two places, or without a Rekey SA. */
  private static ServedGroup group(boolean tree) {
    RekeySettings rekey =
        new RekeySettings(
            new InetSocketAddress(address("239.255.0.1"), 848),
            848,
            Transform.of(1, 20, 256),
            Optional.empty(),
            KwaId.KW_5649_256,
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            1,
            Duration.ofSeconds(1),
            OptionalInt.of(1),
            false,
            65535);
    ControllerSettings.DataSa sa =
        new ControllerSettings.DataSa(
            TrafficSelector.any(false, 17),
            TrafficSelector.single(address("239.1.1.1"), 17, 5000, 5000),
            Optional.of(Transform.of(1, 20, 128)),
            Optional.empty(),
            2,
            Optional.empty());
    return new ServedGroup(
        new ControllerSettings.Group(
            "video",
            Identification.parse("key-id:video"),
            Duration.ofSeconds(1000),
            true,
            8,
            OptionalInt.empty(),
            OptionalInt.empty(),
            false,
            List.of(sa),
            tree ? Optional.of(rekey) : Optional.empty(),
            false),
        address("10.9.0.1"),
        new SeededRandom(1));
  }

  private static List<Payload> register(ServedGroup group, String member) throws Exception {
    try (KeyWrap gskW = KeyWrap.of(KwaId.KW_5649_256, Secret.wrap(new byte[32]))) {
      return group.register(NOW, member, Optional.empty(), 1, gskW);
    }
  }

  private static List<Long> senderIds(List<Payload> answer) {
    return answer.stream()
        .filter(KdPayload.class::isInstance)
        .map(p -> ((KdPayload) p).memberKeyBag().orElseThrow().senderIds())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoFindsTheKeyTreeFullIsRefused() throws Exception {
    ServedGroup group = group(true);
    register(group, "one");
    register(group, "two");

    assertThatThrownBy(() -> register(group, "three"))
        .isInstanceOf(GroupRefusedException.class)
        .hasMessageContaining("full")
        .extracting(e -> ((GroupRefusedException) e).notifyType())
        .isEqualTo(NotifyType.REGISTRATION_FAILED);
    assertThat(group.members()).containsExactlyInAnyOrder("one", "two");

    // Who is in may come again, and a place that an exclusion frees is given to the next.
    register(group, "one");
    group.exclude(NOW, "two");
    register(group, "three");
  }

  @Test
  void senderIdsBeginAgainWithTheGroup() throws Exception {
    for (boolean tree : List.of(false, true)) {
      ServedGroup group = group(tree);
      List<Long> first = senderIds(register(group, "one"));
      assertThat(senderIds(register(group, "two"))).doesNotContainAnyElementsOf(first);

      group.endGroup(NOW);

      assertThat(senderIds(register(group, "two"))).isEqualTo(first);
    }
  }

  @Test
  void aGroupWithoutRekeySaIsNotRekeyed() throws Exception {
    for (boolean tree : List.of(false, true)) {
      assertThatThrownBy(() -> group(tree).rekey(NOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("group video has no Rekey SA");
    }
  }
}
