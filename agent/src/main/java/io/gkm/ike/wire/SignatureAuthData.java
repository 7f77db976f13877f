package io.gkm.ike.wire;

/**
 * The data of an AUTH payload of method 14, Digital Signature (RFC 7427 section 3): {@code ASN.1
 * length(1) AlgorithmIdentifier signature}.
 *
 * @param algorithmIdentifier DER, 1 to 255 octets
 * @param signature not empty
 */
public record SignatureAuthData(Octets algorithmIdentifier, Octets signature) {
  /**
   * Takes apart the data of an AUTH payload.
   *
   * @throws WireException if a part is missing; the offset counts from the start of the data
   */
  public static SignatureAuthData decode(Octets authData) throws WireException {
    ByteReader in = new ByteReader(authData.toByteArray());
    int length = in.u8("ASN.1 Length");
    if (length == 0) {
      throw in.errorAt(1, "ASN.1 Length", "zero");
    }
    Octets algorithm = in.octets(length, "AlgorithmIdentifier");
    if (!in.hasRemaining()) {
      throw in.error("Signature Value", "empty");
    }
    return new SignatureAuthData(algorithm, in.rest());
  }

  public Octets encode() {
    return new ByteWriter()
        .u8(algorithmIdentifier.size())
        .octets(algorithmIdentifier)
        .octets(signature)
        .toOctets();
  }
}
