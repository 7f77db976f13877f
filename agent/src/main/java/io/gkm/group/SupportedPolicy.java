package io.gkm.group;

import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.GcauthId;
import io.gkm.ike.wire.IntegId;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.util.ArrayList;
import java.util.List;

/**
 * SAg (RFC 9838, 4.3): what this member can accept, so that the key server can refuse at once what
 * will not do. It names the key wrap algorithms (RFC 9838, 4.5.4) and mixes AEADs and ciphers in
 * one proposal, which SAg allows. All proposals have one number: they do not depend on each other.
 */
final class SupportedPolicy {
  private static final int NUMBER = 1;
  private static final int[] AES = {256, 192, 128};

  private SupportedPolicy() {}

  /**
   * @param confidentiality whether what encrypts nothing is left out
   * @param arxKeyWrap whether KW_ARX is offered too, as the last choice
   */
  static SaPayload sag(Confidentiality confidentiality, boolean arxKeyWrap) {
    List<Proposal> proposals = new ArrayList<>(List.of(rekey(arxKeyWrap), esp(confidentiality)));
    if (confidentiality == Confidentiality.OPTIONAL) {
      proposals.add(ah());
    }
    return new SaPayload(proposals);
  }

  private static Proposal rekey(boolean arxKeyWrap) {
    List<Transform> transforms = new ArrayList<>();
    addEncryption(transforms, EncrId.AES_GCM_16, 256, 128);
    transforms.add(Transform.of(TransformType.ENCR, EncrId.CHACHA20_POLY1305));
    addEncryption(transforms, EncrId.AES_CBC, 256, 128);
    add(
        transforms,
        TransformType.INTEG,
        IntegId.HMAC_SHA2_256_128,
        IntegId.HMAC_SHA2_384_192,
        IntegId.HMAC_SHA2_512_256,
        IntegId.NONE);
    add(transforms, TransformType.KWA, KwaId.KW_5649_256, KwaId.KW_5649_192, KwaId.KW_5649_128);
    if (arxKeyWrap) {
      add(transforms, TransformType.KWA, KwaId.KW_ARX);
    }
    add(transforms, TransformType.GCAUTH, GcauthId.DIGITAL_SIGNATURE, GcauthId.IMPLICIT);
    return new Proposal(NUMBER, ProtocolId.GIKE_UPDATE, Octets.EMPTY, transforms);
  }

  private static Proposal esp(Confidentiality confidentiality) {
    List<Transform> transforms = new ArrayList<>();
    addEncryption(transforms, EncrId.AES_GCM_16, AES);
    transforms.add(Transform.of(TransformType.ENCR, EncrId.CHACHA20_POLY1305));
    addEncryption(transforms, EncrId.AES_CBC, AES);
    addEncryption(transforms, EncrId.AES_CCM_16, AES);
    addEncryption(transforms, EncrId.AES_CTR, AES);
    addEncryption(transforms, EncrId.AES_GCM_12, AES);
    addEncryption(transforms, EncrId.AES_CCM_12, AES);
    addEncryption(transforms, EncrId.AES_GCM_8, AES);
    addEncryption(transforms, EncrId.AES_CCM_8, AES);
    if (confidentiality == Confidentiality.OPTIONAL) {
      addEncryption(transforms, EncrId.NULL_AUTH_AES_GMAC, AES);
      transforms.add(Transform.of(TransformType.ENCR, EncrId.NULL));
    }
    addDataIntegrity(transforms);
    add(transforms, TransformType.INTEG, IntegId.NONE);
    addSequenceNumbers(transforms);
    return new Proposal(NUMBER, ProtocolId.ESP, Octets.EMPTY, transforms);
  }

  private static Proposal ah() {
    List<Transform> transforms = new ArrayList<>();
    addDataIntegrity(transforms);
    addSequenceNumbers(transforms);
    return new Proposal(NUMBER, ProtocolId.AH, Octets.EMPTY, transforms);
  }

  private static void addDataIntegrity(List<Transform> transforms) {
    add(
        transforms,
        TransformType.INTEG,
        IntegId.HMAC_SHA2_256_128,
        IntegId.HMAC_SHA2_384_192,
        IntegId.HMAC_SHA2_512_256,
        IntegId.AES_CMAC_96);
  }

  private static void addSequenceNumbers(List<Transform> transforms) {
    add(transforms, TransformType.SN, SnId.SEQUENTIAL_32, SnId.UNSPECIFIED_32);
  }

  private static void addEncryption(List<Transform> transforms, int id, int... keyBits) {
    for (int bits : keyBits) {
      transforms.add(Transform.of(TransformType.ENCR, id, bits));
    }
  }

  private static void add(List<Transform> transforms, int type, int... ids) {
    for (int id : ids) {
      transforms.add(Transform.of(type, id));
    }
  }
}
