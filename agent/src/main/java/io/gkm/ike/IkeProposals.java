package io.gkm.ike;

import io.gkm.ike.crypto.KeyExchange;
import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.IntegId;
import io.gkm.ike.wire.KeMethod;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PrfId;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What we offer for the IKE SA in IKE_SA_INIT (RFC 7296 section 3.3). Each proposal names a key
 * wrap algorithm: that makes it a G-IKEv2 proposal (RFC 9838 section 4.5.4).
 */
public final class IkeProposals {
  private static final List<Integer> NEEDED =
      List.of(TransformType.ENCR, TransformType.PRF, TransformType.KE);

  private IkeProposals() {}

  /**
   * A modest choice of what is supported, best first: AES-GCM and ChaCha20-Poly1305, then AES-CBC
   * with HMAC-SHA2, which RFC 7296 section 3.3 keeps in a proposal of its own.
   */
  public static List<Proposal> standard() {
    List<Transform> gcm = new ArrayList<>();
    gcm.add(Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256));
    gcm.add(Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 128));
    gcm.add(Transform.of(TransformType.ENCR, EncrId.CHACHA20_POLY1305));
    gcm.addAll(common());
    List<Transform> cbc = new ArrayList<>();
    cbc.add(Transform.of(TransformType.ENCR, EncrId.AES_CBC, 256));
    cbc.add(Transform.of(TransformType.ENCR, EncrId.AES_CBC, 128));
    cbc.addAll(
        all(
            TransformType.INTEG,
            IntegId.HMAC_SHA2_256_128,
            IntegId.HMAC_SHA2_384_192,
            IntegId.HMAC_SHA2_512_256));
    cbc.addAll(common());
    return List.of(
        new Proposal(1, ProtocolId.IKE, Octets.EMPTY, gcm),
        new Proposal(2, ProtocolId.IKE, Octets.EMPTY, cbc));
  }

  /** The same with the experimental KW_ARX as the last choice for wrapping keys. */
  public static List<Proposal> withArxKeyWrap() {
    return standard().stream()
        .map(
            proposal ->
                new Proposal(
                    proposal.number(),
                    proposal.protocolId(),
                    proposal.spi(),
                    Stream.concat(
                            proposal.transforms().stream(),
                            Stream.of(Transform.of(TransformType.KWA, KwaId.KW_ARX)))
                        .toList()))
        .toList();
  }

  private static List<Transform> common() {
    return Stream.of(
            all(TransformType.PRF, PrfId.HMAC_SHA2_256, PrfId.HMAC_SHA2_384, PrfId.HMAC_SHA2_512),
            all(
                TransformType.KE,
                KeMethod.CURVE25519,
                KeMethod.ECP_256,
                KeMethod.ECP_384,
                KeMethod.MODP_2048),
            all(TransformType.KWA, KwaId.KW_5649_256, KwaId.KW_5649_128))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Transform> all(int type, int... ids) {
    List<Transform> transforms = new ArrayList<>();
    for (int id : ids) {
      transforms.add(Transform.of(type, id));
    }
    return transforms;
  }

  /** The key exchange methods of all proposals, in order of preference. */
  static List<Integer> keyExchangeMethods(List<Proposal> proposals) {
    return proposals.stream()
        .flatMap(p -> p.transforms(TransformType.KE).stream())
        .map(Transform::id)
        .distinct()
        .toList();
  }

  /**
   * Whether these proposals are G-IKEv2's.
   *
   * @throws IllegalArgumentException when one has no key wrap algorithm
   */
  static void requireKeyWrap(List<Proposal> proposals) {
    for (Proposal proposal : proposals) {
      if (proposal.transforms(TransformType.KWA).isEmpty()) {
        throw new IllegalArgumentException(
            "proposal " + proposal.number() + " has no " + TransformType.name(TransformType.KWA));
      }
    }
  }

  /**
   * Whether these proposals can be offered.
   *
   * @throws IllegalArgumentException when they cannot
   */
  static void check(List<Proposal> proposals) {
    if (proposals.isEmpty()) {
      throw new IllegalArgumentException("no proposal for the IKE SA");
    }
    for (int i = 0; i < proposals.size(); i++) {
      Proposal proposal = proposals.get(i);
      if (proposal.number() != i + 1
          || proposal.protocolId() != ProtocolId.IKE
          || !proposal.spi().isEmpty()) {
        throw new IllegalArgumentException(
            "proposal " + (i + 1) + " must have this number, protocol IKE and no SPI");
      }
      for (int type : NEEDED) {
        if (proposal.transforms(type).isEmpty()) {
          throw new IllegalArgumentException(
              "proposal " + (i + 1) + " has no " + TransformType.name(type));
        }
      }
    }
    for (int method : keyExchangeMethods(proposals)) {
      if (!KeyExchange.isSupported(method)) {
        throw new IllegalArgumentException(
            "key exchange method " + KeMethod.name(method) + " is not supported");
      }
    }
  }
}
