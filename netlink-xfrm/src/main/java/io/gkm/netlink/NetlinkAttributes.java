package io.gkm.netlink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes behind a message's struct (struct nlattr of linux/netlink.h), by type. */
public final class NetlinkAttributes {
  private static final int TYPE_MASK = 0x3fff;
  private static final int HEADER = 4;

  private final Map<Integer, List<byte[]>> values = new LinkedHashMap<>();

  private NetlinkAttributes() {}

  /** Reads all that is left. */
  public static NetlinkAttributes decode(StructReader in) throws NetlinkCodecException {
    NetlinkAttributes attributes = new NetlinkAttributes();
    while (in.remaining() > 0) {
      int length = in.u16("nla_len");
      int type = in.u16("nla_type") & TYPE_MASK;
      if (length < HEADER) {
        throw new NetlinkCodecException("nla_len", length + " of attribute " + type);
      }
      byte[] value = in.bytes("attribute " + type, length - HEADER);
      attributes.values.computeIfAbsent(type, t -> new ArrayList<>()).add(value);
      in.skip("attribute padding", Math.min(NetlinkMessage.align(length) - length, in.remaining()));
    }
    return attributes;
  }

  /** The value of this type; the last where there are several, as the kernel reads them. */
  public Optional<StructReader> find(int type) {
    List<byte[]> found = values.get(type);
    return found == null
        ? Optional.empty()
        : Optional.of(StructReader.of(found.get(found.size() - 1)));
  }

  /** The types that are there, in the order of the message. */
  public List<Integer> types() {
    return List.copyOf(values.keySet());
  }

  /** The octets of a value; a copy. */
  public Optional<byte[]> raw(int type) {
    List<byte[]> found = values.get(type);
    return found == null ? Optional.empty() : Optional.of(found.get(found.size() - 1).clone());
  }
}
