package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The attributes of a message, at most one of each type, in the order of the message. Two are equal
 * when they hold the same, whatever the order: it means nothing to the kernel.
 */
public final class XfrmAttributes {
  public static final XfrmAttributes NONE = new XfrmAttributes(List.of());

  /**
   * Of how many types a message that is read may have attributes. The kernel has 40; a message with
   * thousands would cost time that grows with their square.
   */
  static final int MOST = 512;

  private final List<XfrmAttribute> attributes;

  private XfrmAttributes(List<? extends XfrmAttribute> attributes) {
    this.attributes = List.copyOf(attributes);
  }

  public static XfrmAttributes of(XfrmAttribute... attributes) {
    return of(List.of(attributes));
  }

  public static XfrmAttributes of(List<? extends XfrmAttribute> attributes) {
    XfrmAttributes result = NONE;
    for (XfrmAttribute attribute : attributes) {
      result = result.with(attribute);
    }
    return result;
  }

  /**
   * Reads all that is left. Of several of one type the last counts, as for the kernel.
   *
   * @param family of the message's addresses, AF_*
   */
  static XfrmAttributes decode(StructReader in, int family) throws NetlinkCodecException {
    List<XfrmAttribute> found = new ArrayList<>();
    while (in.remaining() > 0) {
      NetlinkAttribute next = NetlinkAttribute.decode(in);
      if (next.type() == XfrmAttributeType.PAD) {
        continue;
      }
      Optional<XfrmAttributeType> type = XfrmAttributeType.of(next.type());
      XfrmAttribute attribute =
          type.isPresent()
              ? XfrmAttribute.decode(type.get(), next.value(), family)
              : XfrmRawAttribute.decode(next.type(), next.value());
      int before = indexOf(found, next.type());
      if (before < 0) {
        if (found.size() == MOST) {
          throw in.malformed("attributes", "more than " + MOST + " kinds");
        }
        found.add(attribute);
      } else {
        found.set(before, attribute);
      }
    }
    return found.isEmpty() ? NONE : new XfrmAttributes(found);
  }

  void encode(StructWriter out) {
    for (int i = 0; i < attributes.size(); i++) {
      attributes.get(i).encodeAttribute(out);
    }
  }

  public List<XfrmAttribute> all() {
    return attributes;
  }

  /** Those that this library does not know. */
  public List<XfrmRawAttribute> unknown() {
    return attributes.stream()
        .filter(XfrmRawAttribute.class::isInstance)
        .map(XfrmRawAttribute.class::cast)
        .toList();
  }

  public boolean has(XfrmAttributeType type) {
    return indexOf(attributes, type.number()) >= 0;
  }

  /** The attribute of this class, such as {@link XfrmAead}. */
  public <T extends XfrmAttribute> Optional<T> find(Class<T> type) {
    for (XfrmAttribute attribute : attributes) {
      if (type.isInstance(attribute)) {
        return Optional.of(type.cast(attribute));
      }
    }
    return Optional.empty();
  }

  /** The attribute of this type. */
  public Optional<XfrmAttribute> find(XfrmAttributeType type) {
    int index = indexOf(attributes, type.number());
    return index < 0 ? Optional.empty() : Optional.of(attributes.get(index));
  }

  /** The number of this type, 32 bits as they are. */
  public OptionalInt number(XfrmAttributeType type) {
    Optional<XfrmAttribute> found = find(type);
    return found.isPresent() && found.get() instanceof XfrmNumber number
        ? OptionalInt.of((int) number.value())
        : OptionalInt.empty();
  }

  /** The mark to look for, {@link XfrmMark#NONE} where there is none. */
  XfrmMark mark() {
    return find(XfrmMark.class).orElse(XfrmMark.NONE);
  }

  /** With this attribute, in place of the one of its type where there is one. */
  public XfrmAttributes with(XfrmAttribute attribute) {
    Objects.requireNonNull(attribute);
    List<XfrmAttribute> changed = new ArrayList<>(attributes);
    int before = indexOf(changed, attribute.attributeNumber());
    if (before < 0) {
      changed.add(attribute);
    } else {
      changed.set(before, attribute);
    }
    return new XfrmAttributes(changed);
  }

  public XfrmAttributes withAll(XfrmAttributes others) {
    XfrmAttributes result = this;
    for (XfrmAttribute other : others.attributes) {
      result = result.with(other);
    }
    return result;
  }

  public XfrmAttributes without(XfrmAttributeType... types) {
    List<XfrmAttribute> rest = new ArrayList<>(attributes);
    for (XfrmAttributeType type : types) {
      rest.removeIf(a -> a.attributeNumber() == type.number());
    }
    return rest.size() == attributes.size() ? this : new XfrmAttributes(rest);
  }

  /** The same without key octets; only their number stays known. */
  public XfrmAttributes withoutKeys() {
    return map(XfrmAttribute::withoutKeys);
  }

  private XfrmAttributes map(UnaryOperator<XfrmAttribute> change) {
    return new XfrmAttributes(attributes.stream().map(change).toList());
  }

  /** Overwrites key octets. */
  public void wipe() {
    attributes.forEach(XfrmAttribute::wipe);
  }

  private static int indexOf(List<XfrmAttribute> attributes, int number) {
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).attributeNumber() == number) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof XfrmAttributes that
        && new HashSet<>(attributes).equals(new HashSet<>(that.attributes));
  }

  @Override
  public int hashCode() {
    return new HashSet<>(attributes).hashCode();
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}
