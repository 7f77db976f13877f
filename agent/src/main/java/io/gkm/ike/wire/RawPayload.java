package io.gkm.ike.wire;

/**
 * A payload whose type is known but whose body is not taken apart here: TSi, TSr, CP, EAP, GSPM,
 * PS.
 *
 * @param type a number of {@link PayloadType}
 * @param critical the critical bit as received
 * @param body everything after the generic header
 */
public record RawPayload(int type, boolean critical, Octets body) implements Payload {
  static RawPayload decode(int type, boolean critical, ByteReader in) {
    return new RawPayload(type, critical, in.rest());
  }

  @Override
  public int headerFlags() {
    return critical ? PayloadChain.CRITICAL : 0;
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.octets(body);
  }
}
