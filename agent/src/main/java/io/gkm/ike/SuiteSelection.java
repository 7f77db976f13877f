package io.gkm.ike;

import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Our choice among the peer's proposals for an IKE SA that replaces this one (RFC 7296 section
 * 2.7): the first that has, of each type of one of ours, a transform which is in ours too.
 *
 * @param suite the algorithms
 * @param chosen the peer's proposal, with its SPI
 * @param transforms one of each type
 */
record SuiteSelection(IkeSuite suite, Proposal chosen, List<Transform> transforms) {
  private static final Transform NO_INTEG = Transform.of(TransformType.INTEG, 0);

  /**
   * The choice, if there is one.
   *
   * @param method the key exchange method of the KE payload: preferred, as it saves a round trip
   */
  static Optional<SuiteSelection> of(List<Proposal> acceptable, SaPayload offer, int method) {
    Optional<SuiteSelection> other = Optional.empty();
    for (Proposal offered : offer.proposals()) {
      for (Proposal ours : acceptable) {
        Optional<SuiteSelection> found = match(ours, offered, method);
        if (found.isPresent() && found.get().suite().keMethod() == method) {
          return found;
        }
        other = other.or(() -> found);
      }
    }
    return other;
  }

  private static Optional<SuiteSelection> match(Proposal ours, Proposal offered, int method) {
    if (offered.protocolId() != ProtocolId.IKE
        || offered.spi().size() != Long.BYTES
        || offered.spi().isZero()) {
      return Optional.empty();
    }
    List<Transform> all = new ArrayList<>(offered.transforms());
    all.removeIf(NO_INTEG::equals);
    if (!types(all).equals(types(ours.transforms()))) {
      return Optional.empty();
    }
    List<Transform> picked = new ArrayList<>();
    for (int type : types(ours.transforms()).stream().sorted().toList()) {
      List<Transform> common =
          all.stream().filter(t -> t.type() == type && ours.transforms().contains(t)).toList();
      Optional<Transform> best =
          common.stream()
              .filter(t -> type == TransformType.KE && t.id() == method)
              .findFirst()
              .or(() -> common.stream().findFirst());
      if (best.isEmpty()) {
        return Optional.empty();
      }
      picked.add(best.get());
    }
    return SelectedSuite.suite(picked).map(suite -> new SuiteSelection(suite, offered, picked));
  }

  private static Set<Integer> types(List<Transform> transforms) {
    return transforms.stream().map(Transform::type).collect(Collectors.toSet());
  }

  /** The proposal of our answer, with our SPI. */
  Proposal answer(Octets spi) {
    return new Proposal(chosen.number(), ProtocolId.IKE, spi, transforms);
  }
}
