package io.gkm.ike.wire;

import java.util.List;
import java.util.Set;

/**
 * An attribute of a transform (RFC 7296 section 3.3.5).
 *
 * @param type a number of {@link TransformAttributeType}, 15 bits
 * @param tv whether the value is written as TV (then it has 2 octets)
 * @param value the value
 */
public record TransformAttribute(int type, boolean tv, Octets value) implements Attribute {
  private static final int MAX = 16;

  /** Refuses a type or value that its form cannot hold. */
  public TransformAttribute {
    Attribute.requireFits(type, tv, value);
  }

  /** Key Length (14), in bits. */
  public static TransformAttribute keyLength(int bits) {
    return new TransformAttribute(TransformAttributeType.KEY_LENGTH, true, Octets.ofU16(bits));
  }

  /** Signature Algorithm Identifier (18): a DER AlgorithmIdentifier. */
  public static TransformAttribute signatureAlgorithm(Octets algorithmIdentifier) {
    return new TransformAttribute(
        TransformAttributeType.SIGNATURE_ALGORITHM_IDENTIFIER, false, algorithmIdentifier);
  }

  static List<TransformAttribute> decodeAll(ByteReader in) throws WireException {
    List<TransformAttribute> attributes =
        Attribute.decodeAll(
            in, "transform", MAX, TransformAttribute::new, TransformAttribute::check);
    Attribute.refuseRepeated(
        attributes,
        Set.of(
            TransformAttributeType.KEY_LENGTH,
            TransformAttributeType.SIGNATURE_ALGORITHM_IDENTIFIER),
        "transform",
        in);
    return attributes;
  }

  private static void check(TransformAttribute attribute, ByteReader in) throws WireException {
    if (attribute.type == TransformAttributeType.KEY_LENGTH) {
      Attribute.requireTv(attribute, "Key Length", in);
    } else if (attribute.type == TransformAttributeType.SIGNATURE_ALGORITHM_IDENTIFIER) {
      Attribute.requireTlv(attribute, 1, 255, "Signature Algorithm Identifier", in);
    }
  }
}
