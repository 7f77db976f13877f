package io.gkm.ike.wire;

/**
 * An attribute of a key bag that is not modelled (RFC 9838 section 4.5).
 *
 * @param type the number in the registry of the kind of bag
 * @param tv whether the value is written as TV (then it has 2 octets)
 * @param value the value
 */
public record KeyBagAttribute(int type, boolean tv, Octets value) implements Attribute {
  /** Bounded by the message size rather than by this: rekeys of large key trees carry many keys. */
  static final int MAX = 2048;

  /** Refuses a type or value that its form cannot hold. */
  public KeyBagAttribute {
    Attribute.requireFits(type, tv, value);
  }

  static KeyBagAttribute tlv(int type, Octets value) {
    return new KeyBagAttribute(type, false, value);
  }
}
