package io.gkm.netlink.mroute;

import io.gkm.netlink.NetworkNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Static multicast routes of one family in one network namespace, for as long as this is open: when
 * it is closed, or the program ends in whatever way, the kernel forgets them. While it is open no
 * other program can route multicast there.
 *
 * <p>Links are named by index; their numbers in the kernel's table are kept here. A link that goes
 * must be told ({@link #removeLink}): until then its number is not given to another one, so that no
 * route can lead where nobody sent it.
 *
 * <p>A packet is forwarded if its TTL is above 1, by the link's own way: into an xfrm interface it
 * is encrypted or dropped.
 */
public final class MulticastRouter implements AutoCloseable {
  private final MulticastFamily family;
  private final MrouteSocket socket;
  private final Map<Integer, MulticastVif> vifs = new TreeMap<>();
  private final List<MulticastRoute> routes = new ArrayList<>();
  private boolean closed;

  private MulticastRouter(MulticastFamily family, MrouteSocket socket) {
    this.family = family;
    this.socket = socket;
  }

  /**
   * Takes over multicast routing in the calling thread's network namespace.
   *
   * @throws MrouteException where another program has it, the kernel cannot do it, or this one may
   *     not
   */
  public static MulticastRouter open(MulticastFamily family) throws MrouteException {
    return new MulticastRouter(family, MrouteSocket.open(family));
  }

  /** The same in another network namespace. */
  public static MulticastRouter open(MulticastFamily family, NetworkNamespace namespace)
      throws IOException {
    try {
      return namespace.call(() -> open(family));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("network namespace " + namespace.name(), e);
    }
  }

  /** The routes there are, in the order they came. */
  public synchronized List<MulticastRoute> routes() {
    return List.copyOf(routes);
  }

  /**
   * Adds a route, in the place of the one for the same packets if there is one.
   *
   * @throws IllegalArgumentException where it is of another family
   * @throws MrouteException where the kernel refuses it; then there is none for these packets
   */
  public synchronized void add(MulticastRoute route) throws MrouteException {
    if (closed || route.family() != family) {
      throw new IllegalArgumentException(
          (closed ? "closed: " : "not " + family.title() + ": ") + route);
    }
    Optional<MulticastRoute> old = routes.stream().filter(route::isFor).findFirst();
    if (old.isPresent()) {
      if (old.get().equals(route)) {
        return;
      }
      remove(old.get());
    }
    try {
      socket.add(entry(route), route.toString());
      routes.add(route);
    } finally {
      releaseVifs();
    }
  }

  /** Removes a route; nothing happens where it is not there. */
  public synchronized void remove(MulticastRoute route) throws MrouteException {
    if (routes.contains(route)) {
      socket.delete(entry(route), route.toString());
      routes.remove(route);
      releaseVifs();
    }
  }

  /** Removes all routes that use a link, and lets go of it; it may be gone already. */
  public synchronized void removeLink(int link) throws MrouteException {
    for (MulticastRoute route : List.copyOf(routes)) {
      if (route.uses(link)) {
        remove(route);
      }
    }
  }

  private MulticastMfc entry(MulticastRoute route) throws MrouteException {
    int parent = vif(route.in());
    Set<Integer> out = new TreeSet<>();
    for (int link : route.out()) {
      out.add(vif(link));
    }
    if (route.source().isAnyLocalAddress()) {
      out.add(parent);
    }
    return new MulticastMfc(route.source(), route.group(), parent, out);
  }

  /** The number of a link, which is made part of the table where it is not yet. */
  private int vif(int link) throws MrouteException {
    MulticastVif known = vifs.get(link);
    if (known != null) {
      return known.number();
    }
    if (family == MulticastFamily.IPV6 && link > 0xffff) {
      throw new MrouteException(
          family, "link " + link, 0, "the kernel takes indexes up to 65535 here");
    }
    MulticastVif vif = new MulticastVif(freeNumber(), link, 1);
    socket.add(vif);
    vifs.put(link, vif);
    return vif.number();
  }

  private int freeNumber() throws MrouteException {
    Set<Integer> taken = new TreeSet<>();
    vifs.values().forEach(v -> taken.add(v.number()));
    for (int number = 0; number < MulticastVif.MAX; number++) {
      if (!taken.contains(number)) {
        return number;
      }
    }
    throw new MrouteException(
        family, "all " + MulticastVif.MAX + " places for links are taken", 0, "");
  }

  /** Takes links out of the table that no route uses. */
  private void releaseVifs() throws MrouteException {
    for (MulticastVif vif : List.copyOf(vifs.values())) {
      if (routes.stream().noneMatch(route -> route.uses(vif.link()))) {
        socket.delete(vif);
        vifs.remove(vif.link());
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      routes.clear();
      vifs.clear();
      socket.close();
    }
  }
}
