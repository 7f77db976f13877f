package io.gkm.ike;

import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the responder's choice from its SA payload: exactly one of the offered proposals with, of
 * each transform type offered there, exactly one offered transform (RFC 7296 section 2.7, RFC 9838
 * section 2.2).
 */
final class SelectedSuite {
  private SelectedSuite() {}

  /**
   * The suite the responder chose.
   *
   * @param spiOctets how long the chosen proposal's SPI is: 0 in IKE_SA_INIT, 8 in a rekey
   * @throws IgnoredMessageException when it chose something that was not offered
   */
  static IkeSuite of(List<Proposal> offered, SaPayload answer, int spiOctets)
      throws IgnoredMessageException {
    if (answer.proposals().size() != 1) {
      throw new IgnoredMessageException(
          "SA payload has " + answer.proposals().size() + " proposals where one is to be chosen");
    }
    Proposal chosen = answer.proposals().get(0);
    Proposal offer = matching(offered, chosen, spiOctets);
    Set<Integer> needed = types(offer);
    if (chosen.transforms().size() != needed.size() || !types(chosen).equals(needed)) {
      throw new IgnoredMessageException(
          "proposal " + chosen.number() + " does not choose one transform of each type " + needed);
    }
    for (Transform transform : chosen.transforms()) {
      if (!offer.transforms().contains(transform)) {
        throw new IgnoredMessageException("transform " + transform + " was not offered");
      }
    }
    String problem = problem(chosen.transforms());
    return suite(chosen.transforms())
        .orElseThrow(
            () -> new IgnoredMessageException("proposal " + chosen.number() + ": " + problem));
  }

  private static Proposal matching(List<Proposal> offered, Proposal chosen, int spiOctets)
      throws IgnoredMessageException {
    for (Proposal offer : offered) {
      if (offer.number() == chosen.number()
          && offer.protocolId() == chosen.protocolId()
          && chosen.spi().size() == spiOctets) {
        return offer;
      }
    }
    throw new IgnoredMessageException("proposal " + chosen.number() + " was not offered");
  }

  private static Set<Integer> types(Proposal proposal) {
    return proposal.transforms().stream().map(Transform::type).collect(Collectors.toSet());
  }

  /** The suite of one transform of each type, when it is a supported one. */
  static Optional<IkeSuite> suite(List<Transform> chosen) {
    if (!problem(chosen).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IkeSuite(
            id(chosen, TransformType.ENCR),
            keyBits(chosen),
            id(chosen, TransformType.PRF),
            id(chosen, TransformType.INTEG),
            id(chosen, TransformType.KE),
            id(chosen, TransformType.KWA)));
  }

  private static String problem(List<Transform> chosen) {
    return IkeSuite.problem(
        id(chosen, TransformType.ENCR),
        keyBits(chosen),
        id(chosen, TransformType.PRF),
        id(chosen, TransformType.INTEG),
        id(chosen, TransformType.KE),
        id(chosen, TransformType.KWA));
  }

  private static int keyBits(List<Transform> chosen) {
    return find(chosen, TransformType.ENCR).map(t -> t.keyLength().orElse(0)).orElse(0);
  }

  /** The id of the one transform of this type; 0 for a type that is not there: INTEG of an AEAD. */
  private static int id(List<Transform> chosen, int type) {
    return find(chosen, type).map(Transform::id).orElse(0);
  }

  private static Optional<Transform> find(List<Transform> chosen, int type) {
    return chosen.stream().filter(t -> t.type() == type).findFirst();
  }
}
