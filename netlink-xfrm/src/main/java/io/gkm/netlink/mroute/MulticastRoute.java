package io.gkm.netlink.mroute;

import java.net.InetAddress;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which packets are forwarded from where to where: (S,G), or (*,G) where the source is the
 * unspecified address. Of both the kernel takes the (S,G) one for its source.
 *
 * @param source a unicast address, or the unspecified one
 * @param group a multicast address of the same family
 * @param in index of the only link by which they may come
 * @param out indexes of the links by which they go; none: they are dropped
 */
public record MulticastRoute(InetAddress source, InetAddress group, int in, Set<Integer> out) {
  public MulticastRoute {
    out = Set.copyOf(out);
    if (MulticastFamily.of(source) != MulticastFamily.of(group)
        || source.isMulticastAddress()
        || !group.isMulticastAddress()
        || group.isMCLinkLocal()
        || group.isMCNodeLocal()) {
      throw new IllegalArgumentException(
          "no multicast route: " + source.getHostAddress() + " to " + group.getHostAddress());
    }
    if (in <= 0 || out.contains(in) || out.stream().anyMatch(link -> link <= 0)) {
      throw new IllegalArgumentException("no multicast route: link " + in + " to " + out);
    }
  }

  public MulticastFamily family() {
    return MulticastFamily.of(group);
  }

  /** Whether it uses this link. */
  public boolean uses(int link) {
    return in == link || out.contains(link);
  }

  /** Whether it is for the same packets, wherever they go. */
  boolean isFor(MulticastRoute other) {
    return source.equals(other.source) && group.equals(other.group);
  }

  @Override
  public String toString() {
    String from = source.isAnyLocalAddress() ? "*" : source.getHostAddress();
    return "("
        + from
        + ", "
        + group.getHostAddress()
        + ") link "
        + in
        + " to links "
        + new TreeSet<>(out);
  }
}
