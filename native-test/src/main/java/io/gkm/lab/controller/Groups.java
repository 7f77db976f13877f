package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.SaPayload;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All groups of the key server, who may join them and who has. */
final class Groups {
  private final List<ServedGroup> served = new ArrayList<>();
  private final Consumer<String> log;

  Groups(ControllerSettings settings, SecureRandom random, Consumer<String> log) {
    settings.groups().forEach(g -> served.add(new ServedGroup(g, settings.address(), random)));
    this.log = log;
  }

  List<ServedGroup> served() {
    return List.copyOf(served);
  }

  void log(String line) {
    log.accept(line);
  }

  List<Payload> join(
      Moment now,
      ControllerSettings.Member member,
      Identification id,
      Optional<SaPayload> sag,
      long senderIds,
      KeyWrap keyWrap)
      throws GroupRefusedException, CryptoException {
    Optional<ServedGroup> group = find(id);
    if (group.isEmpty()) {
      throw new GroupRefusedException(NotifyType.INVALID_GROUP_ID, "there is no group " + id);
    }
    if (!member.groups().contains(group.get().settings().name())) {
      throw new GroupRefusedException(
          NotifyType.AUTHORIZATION_FAILED, "it may not join group " + id);
    }
    List<Payload> payloads = group.get().register(now, member.name(), sag, senderIds, keyWrap);
    log("registered %s in group %s".formatted(member.id(), id));
    return payloads;
  }

  void leave(ControllerSettings.Member member, Identification id, int notifyType) {
    find(id).ifPresent(group -> group.leave(member.name()));
    log("%s left group %s (%s)".formatted(member.id(), id, NotifyType.name(notifyType)));
  }

  /** The group with this name in the configuration. */
  ServedGroup named(String name) {
    return served.stream()
        .filter(group -> group.settings().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no group " + name));
  }

  private Optional<ServedGroup> find(Identification id) {
    return served.stream().filter(g -> g.settings().id().equals(id)).findFirst();
  }
}
