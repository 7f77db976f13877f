package io.gkm.ike;

import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.List;
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
   * @throws IgnoredMessageException when it chose something that was not offered
   */
  static IkeSuite of(List<Proposal> offered, SaPayload answer) throws IgnoredMessageException {
    if (answer.proposals().size() != 1) {
      throw new IgnoredMessageException(
          "SA payload has " + answer.proposals().size() + " proposals where one is to be chosen");
    }
    Proposal chosen = answer.proposals().get(0);
    Proposal offer = matching(offered, chosen);
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
    return suite(chosen);
  }

  private static Proposal matching(List<Proposal> offered, Proposal chosen)
      throws IgnoredMessageException {
    for (Proposal offer : offered) {
      if (offer.number() == chosen.number()
          && offer.protocolId() == chosen.protocolId()
          && chosen.spi().isEmpty()) {
        return offer;
      }
    }
    throw new IgnoredMessageException("proposal " + chosen.number() + " was not offered");
  }

  private static Set<Integer> types(Proposal proposal) {
    return proposal.transforms().stream().map(Transform::type).collect(Collectors.toSet());
  }

  private static IkeSuite suite(Proposal chosen) throws IgnoredMessageException {
    int encr = id(chosen, TransformType.ENCR);
    int keyBits = chosen.transforms(TransformType.ENCR).get(0).keyLength().orElse(0);
    int prf = id(chosen, TransformType.PRF);
    int integ = id(chosen, TransformType.INTEG);
    int ke = id(chosen, TransformType.KE);
    int kwa = id(chosen, TransformType.KWA);
    String problem = IkeSuite.problem(encr, keyBits, prf, integ, ke, kwa);
    if (!problem.isEmpty()) {
      throw new IgnoredMessageException("proposal " + chosen.number() + ": " + problem);
    }
    return new IkeSuite(encr, keyBits, prf, integ, ke, kwa);
  }

  /** The id of the one transform of this type; 0 for a type that is not there: INTEG of an AEAD. */
  private static int id(Proposal proposal, int type) {
    return proposal.transforms(type).stream().findFirst().map(Transform::id).orElse(0);
  }
}
