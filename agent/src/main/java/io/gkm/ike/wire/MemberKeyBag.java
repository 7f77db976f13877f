package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Member key bag: {@code 0(1) reserved(1) length(2) attributes} (RFC 9838 section 4.5.3). Decoding
 * refuses a WRAP_KEY with Key ID 0, a second AUTH_KEY and a Sender-ID given twice.
 *
 * @param wrapKeys WRAP_KEY attributes: keys of the member's key path
 * @param authKey AUTH_KEY: the GCKS's public key as DER SubjectPublicKeyInfo
 * @param senderIds GM_SENDER_ID attributes: written in 4 octets (8 if larger), read from 1 to 8
 * @param unknown attributes that are not understood; encoded after the known ones
 */
public record MemberKeyBag(
    List<WrappedKey> wrapKeys,
    Optional<Octets> authKey,
    List<Long> senderIds,
    List<KeyBagAttribute> unknown)
    implements KeyBag {
  private static final int MAX_AUTH_KEY = 8192;

  /** Copies the lists. */
  public MemberKeyBag {
    wrapKeys = List.copyOf(wrapKeys);
    senderIds = List.copyOf(senderIds);
    unknown = List.copyOf(unknown);
  }

  /** A bag without unknown attributes. */
  public static MemberKeyBag of(
      List<WrappedKey> wrapKeys, Optional<Octets> authKey, List<Long> senderIds) {
    return new MemberKeyBag(wrapKeys, authKey, senderIds, List.of());
  }

  /** The contents of both bags; the AUTH_KEY of this one if both have one. */
  MemberKeyBag and(MemberKeyBag other) {
    return new MemberKeyBag(
        concat(wrapKeys, other.wrapKeys),
        authKey.or(other::authKey),
        concat(senderIds, other.senderIds),
        concat(unknown, other.unknown));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Override
  public int protocolId() {
    return ProtocolId.NONE;
  }

  /** Reads what follows the length field. */
  static MemberKeyBag decodeBody(ByteReader in) throws WireException {
    Decoder decoder = new Decoder();
    Attribute.decodeAll(
        in, "member key bag", KeyBagAttribute.MAX, KeyBagAttribute::new, decoder::take);
    return new MemberKeyBag(
        decoder.wrapKeys,
        decoder.authKeys.stream().findFirst(),
        decoder.senderIds,
        decoder.unknown);
  }

  /** Sorts the attributes of one bag by what they are. */
  private static final class Decoder {
    final List<WrappedKey> wrapKeys = new ArrayList<>();
    final List<Octets> authKeys = new ArrayList<>();
    final List<Long> senderIds = new ArrayList<>();
    final HashSet<Long> seenSenderIds = new HashSet<>();
    final List<KeyBagAttribute> unknown = new ArrayList<>();

    void take(KeyBagAttribute attribute, ByteReader at) throws WireException {
      int size = attribute.value().size();
      switch (attribute.type()) {
        case MemberKeyBagAttributeType.WRAP_KEY -> {
          WrappedKey key = WrappedKey.decode(attribute, "WRAP_KEY", at);
          if (key.keyId() == 0) {
            throw at.errorAt(size, "WRAP_KEY Key ID", "zero");
          }
          wrapKeys.add(key);
        }
        case MemberKeyBagAttributeType.AUTH_KEY -> {
          Attribute.requireTlv(attribute, 1, MAX_AUTH_KEY, "AUTH_KEY", at);
          if (!authKeys.isEmpty()) {
            throw at.errorAt(size, "AUTH_KEY", "repeated");
          }
          authKeys.add(attribute.value());
        }
        case MemberKeyBagAttributeType.GM_SENDER_ID -> {
          Attribute.requireTlv(attribute, 1, 8, "GM_SENDER_ID", at);
          if (size == 8 && attribute.value().get(0) > 0x7f) {
            throw at.errorAt(size, "GM_SENDER_ID", "more than 63 bits");
          }
          long id = attribute.value().toLong();
          if (!seenSenderIds.add(id)) {
            throw at.errorAt(size, "GM_SENDER_ID", id + " given twice");
          }
          senderIds.add(id);
        }
        default -> unknown.add(attribute);
      }
    }
  }

  @Override
  public void encode(ByteWriter out) {
    int start = out.size();
    out.u8(ProtocolId.NONE).u8(0).u16(0);
    for (WrappedKey key : wrapKeys) {
      KeyBagAttribute.tlv(MemberKeyBagAttributeType.WRAP_KEY, key.encode()).encode(out);
    }
    authKey.ifPresent(
        key -> KeyBagAttribute.tlv(MemberKeyBagAttributeType.AUTH_KEY, key).encode(out));
    for (long id : senderIds) {
      boolean small = id >= 0 && id <= 0xffff_ffffL;
      Octets value = small ? Octets.ofU32(id) : new ByteWriter().u64(id).toOctets();
      KeyBagAttribute.tlv(MemberKeyBagAttributeType.GM_SENDER_ID, value).encode(out);
    }
    unknown.forEach(attribute -> attribute.encode(out));
    out.patchU16(start + 2, out.size() - start);
  }
}
