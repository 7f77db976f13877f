package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Transform substructure: {@code last(1: 3 more, 0 last) reserved(1) length(2) type(1) reserved(1)
 * id(2) attributes} (RFC 7296 section 3.3.2).
 *
 * @param type a number of {@link TransformType}
 * @param id a number of that type's registry
 * @param attributes mostly none or a Key Length
 */
public record Transform(int type, int id, List<TransformAttribute> attributes) {
  private static final int MORE = 3;
  private static final int LAST = 0;
  private static final int HEADER_LENGTH = 8;

  /** Copies the list. */
  public Transform {
    attributes = List.copyOf(attributes);
  }

  /** A transform without attributes. */
  public static Transform of(int type, int id) {
    return new Transform(type, id, List.of());
  }

  /** A transform with a Key Length in bits. */
  public static Transform of(int type, int id, int keyLength) {
    return new Transform(type, id, List.of(TransformAttribute.keyLength(keyLength)));
  }

  /** Key Length (14) in bits, if present. */
  public OptionalInt keyLength() {
    return attribute(TransformAttributeType.KEY_LENGTH)
        .map(value -> OptionalInt.of((int) value.toLong()))
        .orElse(OptionalInt.empty());
  }

  /** Signature Algorithm Identifier (18), a DER AlgorithmIdentifier, if present. */
  public Optional<Octets> signatureAlgorithm() {
    return attribute(TransformAttributeType.SIGNATURE_ALGORITHM_IDENTIFIER);
  }

  /**
   * Whether an attribute is of a type this program does not know, which makes the transform
   * unacceptable.
   */
  public boolean hasUnknownAttributes() {
    return attributes.stream()
        .anyMatch(
            a ->
                a.type() != TransformAttributeType.KEY_LENGTH
                    && a.type() != TransformAttributeType.SIGNATURE_ALGORITHM_IDENTIFIER);
  }

  private Optional<Octets> attribute(int attributeType) {
    return attributes.stream()
        .filter(a -> a.type() == attributeType)
        .map(TransformAttribute::value)
        .findFirst();
  }

  /** Reads transforms up to and including the one marked as the last. */
  static List<Transform> decodeList(ByteReader in, int max) throws WireException {
    List<Transform> transforms = new ArrayList<>();
    int marker;
    do {
      if (transforms.size() == max) {
        throw in.error("Transform", "more than " + max);
      }
      marker = in.u8("Transform Last Substruc");
      if (marker != MORE && marker != LAST) {
        throw in.errorAt(1, "Transform Last Substruc", marker + ", expected 0 or 3");
      }
      in.skip(1, "Transform RESERVED");
      int length = in.u16("Transform Length");
      if (length < HEADER_LENGTH) {
        throw in.errorAt(2, "Transform Length", length + ", shorter than the header");
      }
      transforms.add(decodeBody(in.slice(length - 4, "Transform")));
    } while (marker == MORE);
    return List.copyOf(transforms);
  }

  private static Transform decodeBody(ByteReader in) throws WireException {
    int type = in.u8("Transform Type");
    in.skip(1, "Transform RESERVED");
    int id = in.u16("Transform ID");
    return new Transform(type, id, TransformAttribute.decodeAll(in));
  }

  /** Writes the transforms, the last of them marked. */
  static void encodeList(List<Transform> transforms, ByteWriter out) {
    for (int i = 0; i < transforms.size(); i++) {
      transforms.get(i).encode(i + 1 < transforms.size() ? MORE : LAST, out);
    }
  }

  private void encode(int marker, ByteWriter out) {
    int start = out.size();
    out.u8(marker).u8(0).u16(0).u8(type).u8(0).u16(id);
    attributes.forEach(attribute -> attribute.encode(out));
    out.patchU16(start + 2, out.size() - start);
  }

  /** For example {@code ENCR AES_GCM_16-256}. */
  @Override
  public String toString() {
    String others =
        attributes.stream()
            .filter(a -> a.type() != TransformAttributeType.KEY_LENGTH)
            .map(a -> " " + TransformAttributeType.name(a.type()) + "=" + a.value())
            .collect(Collectors.joining());
    OptionalInt bits = keyLength();
    return TransformType.name(type)
        + " "
        + TransformType.idName(type, id)
        + (bits.isPresent() ? "-" + bits.getAsInt() : "")
        + others;
  }
}
