package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Key Download KD (52): key bags one after the other (RFC 9838 section 4.5). Decoding requires at
 * least one bag, and refuses two group key bags of one SPI, a second AUTH_KEY and a Sender-ID given
 * twice.
 *
 * @param bags in message order
 */
public record KdPayload(List<KeyBag> bags) implements Payload {
  private static final int MAX_BAGS = 513;

  /** Copies the list. */
  public KdPayload {
    bags = List.copyOf(bags);
  }

  @Override
  public int type() {
    return PayloadType.KD;
  }

  /** The group key bags, in message order. */
  public List<GroupKeyBag> groupKeyBags() {
    return bags.stream()
        .filter(GroupKeyBag.class::isInstance)
        .map(GroupKeyBag.class::cast)
        .toList();
  }

  /** The bag with the keys of a policy. */
  public Optional<GroupKeyBag> groupKeyBag(int protocolId, Octets spi) {
    return groupKeyBags().stream()
        .filter(bag -> bag.protocolId() == protocolId && bag.spi().equals(spi))
        .findFirst();
  }

  /** What the member key bag says; of several bags, which the RFC does not forbid, all together. */
  public Optional<MemberKeyBag> memberKeyBag() {
    return bags.stream()
        .filter(MemberKeyBag.class::isInstance)
        .map(MemberKeyBag.class::cast)
        .reduce(MemberKeyBag::and);
  }

  static KdPayload decode(ByteReader in) throws WireException {
    int start = in.offset();
    List<KeyBag> bags = new ArrayList<>();
    while (in.hasRemaining()) {
      if (bags.size() == MAX_BAGS) {
        throw in.error("KD key bags", "more than " + MAX_BAGS);
      }
      bags.add(decodeBag(in));
    }
    KdPayload payload = new KdPayload(bags);
    payload.checkCardinalities(start);
    return payload;
  }

  private static KeyBag decodeBag(ByteReader in) throws WireException {
    int protocolId = in.u8("key bag Protocol");
    int spiSize = in.u8("key bag SPI Size");
    int length = in.u16("key bag Length");
    if (length < KeyBag.HEADER_LENGTH) {
      throw in.errorAt(2, "key bag Length", length + ", shorter than the header");
    }
    ByteReader body = in.slice(length - KeyBag.HEADER_LENGTH, "key bag");
    if (protocolId == ProtocolId.NONE) {
      return MemberKeyBag.decodeBody(body);
    }
    if (ProtocolId.isGroupSa(protocolId)) {
      return GroupKeyBag.decodeBody(protocolId, spiSize, body);
    }
    throw in.errorAt(length, "key bag Protocol", protocolId + " is not a group SA");
  }

  private void checkCardinalities(int start) throws WireException {
    if (bags.isEmpty()) {
      throw new WireException("KD key bags", start, "none");
    }
    Set<List<Object>> seen = new HashSet<>();
    for (GroupKeyBag bag : groupKeyBags()) {
      if (!seen.add(List.of(bag.protocolId(), bag.spi()))) {
        throw new WireException("group key bag SPI", start, "two bags of " + bag.spi());
      }
    }
    checkMember(start);
  }

  private void checkMember(int start) throws WireException {
    int authKeys = 0;
    for (KeyBag bag : bags) {
      authKeys += bag instanceof MemberKeyBag member && member.authKey().isPresent() ? 1 : 0;
    }
    if (authKeys > 1) {
      throw new WireException("AUTH_KEY", start, "in two member key bags");
    }
    List<Long> senderIds = memberKeyBag().map(MemberKeyBag::senderIds).orElse(List.of());
    if (new HashSet<>(senderIds).size() < senderIds.size()) {
      throw new WireException("GM_SENDER_ID", start, "the same in two member key bags");
    }
  }

  @Override
  public void encodeBody(ByteWriter out) {
    bags.forEach(bag -> bag.encode(out));
  }
}
