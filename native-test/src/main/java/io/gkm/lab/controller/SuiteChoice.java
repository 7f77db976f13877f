package io.gkm.lab.controller;

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
import java.util.OptionalInt;
import java.util.Set;

/**
 * The key server's choice among the proposals of an IKE SA: the first of each kind of transform
 * that can be used together.
 *
 * @param answer the proposal to send back, with one transform of each type
 */
record SuiteChoice(IkeSuite suite, Proposal answer) {
  private static final Set<Integer> KNOWN =
      Set.of(
          TransformType.ENCR,
          TransformType.PRF,
          TransformType.INTEG,
          TransformType.KE,
          TransformType.KWA);

  private static final Transform NO_INTEG = Transform.of(TransformType.INTEG, 0);

  static Optional<SuiteChoice> of(SaPayload offer, OptionalInt keyExchange) {
    return offer.proposals().stream()
        .filter(p -> p.protocolId() == ProtocolId.IKE && p.spi().isEmpty())
        .filter(p -> p.transforms().stream().allMatch(t -> KNOWN.contains(t.type())))
        .flatMap(p -> choose(p, keyExchange).stream())
        .findFirst();
  }

  private static Optional<SuiteChoice> choose(Proposal offer, OptionalInt keyExchange) {
    for (Transform ke : offer.transforms(TransformType.KE)) {
      if (keyExchange.isPresent() && keyExchange.getAsInt() != ke.id()) {
        continue;
      }
      for (Transform encr : offer.transforms(TransformType.ENCR)) {
        for (Transform integ : orNone(offer.transforms(TransformType.INTEG))) {
          for (Transform prf : offer.transforms(TransformType.PRF)) {
            for (Transform kwa : offer.transforms(TransformType.KWA)) {
              if (usable(encr, prf, integ, ke, kwa)) {
                return Optional.of(choice(offer, encr, prf, integ, ke, kwa));
              }
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<Transform> orNone(List<Transform> integ) {
    return integ.isEmpty() ? List.of(NO_INTEG) : integ;
  }

  private static boolean usable(
      Transform encr, Transform prf, Transform integ, Transform ke, Transform kwa) {
    return IkeSuite.problem(
            encr.id(), encr.keyLength().orElse(0), prf.id(), integ.id(), ke.id(), kwa.id())
        .isEmpty();
  }

  private static SuiteChoice choice(
      Proposal offer, Transform encr, Transform prf, Transform integ, Transform ke, Transform kwa) {
    List<Transform> chosen = new ArrayList<>(List.of(encr, prf, ke, kwa));
    if (integ.id() != 0) {
      chosen.add(2, integ);
    }
    return new SuiteChoice(
        new IkeSuite(
            encr.id(), encr.keyLength().orElse(0), prf.id(), integ.id(), ke.id(), kwa.id()),
        new Proposal(offer.number(), ProtocolId.IKE, Octets.EMPTY, chosen));
  }
}
