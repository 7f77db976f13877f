package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Group Security Association GSA (51): group policies one after the other (RFC 9838 section 4.4).
 * Decoding requires at least one SA policy, and refuses a second GIKE_UPDATE or group-wide policy,
 * two policies of one SPI, and AH and ESP policies for the same traffic.
 *
 * @param policies in message order
 */
public record GsaPayload(List<GroupPolicy> policies) implements Payload {
  /** More do not fit into a message of 65,535 octets together with their keys. */
  private static final int MAX_POLICIES = 512;

  /** Copies the list. */
  public GsaPayload {
    policies = List.copyOf(policies);
  }

  @Override
  public int type() {
    return PayloadType.GSA;
  }

  /** The policies of SAs, in message order. */
  public List<GroupSaPolicy> saPolicies() {
    return policies.stream()
        .filter(GroupSaPolicy.class::isInstance)
        .map(GroupSaPolicy.class::cast)
        .toList();
  }

  /** The policies of data-security SAs (AH, ESP), in message order. */
  public List<GroupSaPolicy> dataSaPolicies() {
    return saPolicies().stream().filter(policy -> !policy.isRekeySa()).toList();
  }

  /** The policy of the Rekey SA. */
  public Optional<GroupSaPolicy> rekeySaPolicy() {
    return saPolicies().stream().filter(GroupSaPolicy::isRekeySa).findFirst();
  }

  /** The group-wide policy. */
  public Optional<GroupWidePolicy> groupWidePolicy() {
    return policies.stream()
        .filter(GroupWidePolicy.class::isInstance)
        .map(GroupWidePolicy.class::cast)
        .findFirst();
  }

  static GsaPayload decode(ByteReader in) throws WireException {
    int start = in.offset();
    List<GroupPolicy> policies = new ArrayList<>();
    while (in.hasRemaining()) {
      if (policies.size() == MAX_POLICIES) {
        throw in.error("GSA policies", "more than " + MAX_POLICIES);
      }
      policies.add(decodePolicy(in));
    }
    GsaPayload payload = new GsaPayload(policies);
    payload.checkCardinalities(start);
    payload.checkTraffic(start);
    return payload;
  }

  private static GroupPolicy decodePolicy(ByteReader in) throws WireException {
    int protocolId = in.u8("group policy Protocol");
    int spiSize = in.u8("group policy SPI Size");
    int length = in.u16("group policy Length");
    if (length < GroupPolicy.HEADER_LENGTH) {
      throw in.errorAt(2, "group policy Length", length + ", shorter than the header");
    }
    ByteReader body = in.slice(length - GroupPolicy.HEADER_LENGTH, "group policy");
    if (protocolId == ProtocolId.NONE) {
      return GroupWidePolicy.decodeBody(body);
    }
    if (ProtocolId.isGroupSa(protocolId)) {
      return GroupSaPolicy.decodeBody(protocolId, spiSize, body);
    }
    throw in.errorAt(length, "group policy Protocol", protocolId + " is not a group SA");
  }

  private void checkCardinalities(int start) throws WireException {
    List<GroupSaPolicy> saPolicies = saPolicies();
    if (saPolicies.isEmpty()) {
      throw new WireException("GSA policies", start, "no policy of an SA");
    }
    if (saPolicies.size() - dataSaPolicies().size() > 1) {
      throw new WireException("GSA policies", start, "two GIKE_UPDATE policies");
    }
    if (policies.size() - saPolicies.size() > 1) {
      throw new WireException("GSA policies", start, "two group-wide policies");
    }
    Set<List<Object>> seen = new HashSet<>();
    for (GroupSaPolicy policy : saPolicies) {
      if (!seen.add(List.of(policy.protocolId(), policy.spi()))) {
        throw new WireException("group SA policy SPI", start, "two policies of " + policy.spi());
      }
    }
  }

  private void checkTraffic(int start) throws WireException {
    Set<List<TrafficSelector>> esp = new HashSet<>();
    for (GroupSaPolicy policy : dataSaPolicies()) {
      if (policy.protocolId() == ProtocolId.ESP) {
        esp.add(List.of(policy.source(), policy.destination()));
      }
    }
    for (GroupSaPolicy policy : dataSaPolicies()) {
      if (policy.protocolId() == ProtocolId.AH
          && esp.contains(List.of(policy.source(), policy.destination()))) {
        throw new WireException("GSA policies", start, "AH and ESP for the same traffic");
      }
    }
  }

  @Override
  public void encodeBody(ByteWriter out) {
    policies.forEach(policy -> policy.encode(out));
  }
}
