package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The attribute format of RFC 7296 section 3.3.5, which transforms, group policies and key bags
 * share: {@code AF(1 bit) type(15 bits) value(2)} with AF 1 ("TV"), {@code type(2) length(2) value}
 * with AF 0 ("TLV").
 */
sealed interface Attribute
    permits TransformAttribute, GroupSaAttribute, GroupWideAttribute, KeyBagAttribute {
  /** The number in the registry of the structure the attribute sits in, 15 bits. */
  int type();

  /** Whether the value is written as TV, which makes it 2 octets. */
  boolean tv();

  Octets value();

  /** Makes the record of one kind of attribute. */
  @FunctionalInterface
  interface Factory<T extends Attribute> {
    T create(int type, boolean tv, Octets value);
  }

  /** Checks one attribute just read; the reader stands behind it. */
  @FunctionalInterface
  interface Check<T extends Attribute> {
    void check(T attribute, ByteReader in) throws WireException;
  }

  /** The check of every record: the type fits 15 bits, and a TV value 2 octets. */
  static void requireFits(int type, boolean tv, Octets value) {
    if (type < 0 || type > 0x7fff || (tv && value.size() != 2)) {
      throw new IllegalArgumentException("attribute " + type + " TV=" + tv + " value " + value);
    }
  }

  /** Reads attributes up to the end of the reader. */
  static <T extends Attribute> List<T> decodeAll(
      ByteReader in, String structure, int max, Factory<T> factory, Check<T> check)
      throws WireException {
    List<T> attributes = new ArrayList<>();
    while (in.hasRemaining()) {
      if (attributes.size() == max) {
        throw in.error(structure + " attributes", "more than " + max);
      }
      int typeField = in.u16(structure + " attribute type");
      int type = typeField & 0x7fff;
      boolean tv = (typeField & 0x8000) != 0;
      int length = tv ? 2 : in.u16(structure + " attribute length");
      T attribute =
          factory.create(type, tv, in.octets(length, structure + " attribute " + type + " value"));
      check.check(attribute, in);
      attributes.add(attribute);
    }
    return List.copyOf(attributes);
  }

  /** Refuses a second attribute of any of the types. */
  static void refuseRepeated(
      List<? extends Attribute> attributes, Set<Integer> single, String structure, ByteReader in)
      throws WireException {
    Set<Integer> seen = new HashSet<>();
    for (Attribute attribute : attributes) {
      if (single.contains(attribute.type()) && !seen.add(attribute.type())) {
        throw in.error(structure + " attribute " + attribute.type(), "repeated");
      }
    }
  }

  /** Refuses another form than TLV with a value of {@code min} to {@code max} octets. */
  static void requireTlv(Attribute attribute, int min, int max, String name, ByteReader in)
      throws WireException {
    int size = attribute.value().size();
    if (attribute.tv()) {
      throw in.errorAt(4, name, "in TV form, expected TLV");
    }
    if (size < min || size > max) {
      throw in.errorAt(
          size, name, size + " octets, expected " + (min == max ? "" + min : min + " to " + max));
    }
  }

  /** Refuses another form than TV. */
  static void requireTv(Attribute attribute, String name, ByteReader in) throws WireException {
    if (!attribute.tv()) {
      throw in.errorAt(attribute.value().size() + 4, name, "in TLV form, expected TV");
    }
  }

  /** Writes the attribute. */
  default void encode(ByteWriter out) {
    if (tv()) {
      out.u16(0x8000 | type()).octets(value());
    } else {
      out.u16(type()).u16(value().size()).octets(value());
    }
  }
}
