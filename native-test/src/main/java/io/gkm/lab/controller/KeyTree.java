package io.gkm.lab.controller;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WrappedKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The key server's side of a logical key hierarchy (RFC 9838 section 3.3 and Appendix A): a binary
 * tree whose root is the key of the Rekey SA and whose leaves are the members' own keys. Each
 * member has the keys on its way to the root. Excluding one changes the keys on its way, and takes
 * two wrapped keys for each level of the tree, not one for each member.
 *
 * <p>Nodes are numbered as in a heap: 1 is the root, 2n and 2n+1 are below n. A node's first key
 * has the id n-1, as in the RFC; later keys have ids of their own.
 */
final class KeyTree {
  private static final int TOP = 2;

  private record Node(long id, Secret key) {}

  private final int leaves;
  private final int kwaId;
  private final LongFunction<Secret> keyMaker;
  private final Map<Integer, Node> nodes = new HashMap<>();
  private final Set<Integer> hadKey = new HashSet<>();
  private final Map<String, Integer> leafOf = new HashMap<>();
  private int unusedLeaf;
  private final List<Integer> freed = new ArrayList<>();
  private long nextKeyId;

  /**
   * @param depth levels below the root: room for 2^depth members
   * @param keyMaker makes the key with a given id, as long as {@code kwaId} wants it
   */
  KeyTree(int depth, int kwaId, LongFunction<Secret> keyMaker) {
    this.leaves = 1 << depth;
    this.kwaId = kwaId;
    this.keyMaker = keyMaker;
    this.unusedLeaf = leaves;
    this.nextKeyId = 2L * leaves - 1;
  }

  /**
   * Gives a member, who may have been one before, the keys on its way: a WRAP_KEY for each, its own
   * wrapped with {@code gskW} of the IKE SA it registers over.
   */
  List<WrappedKey> join(String member, KeyWrap gskW) throws CryptoException {
    int leaf = leaf(member);
    List<WrappedKey> path = new ArrayList<>();
    Node below = node(leaf);
    path.add(wrapped(below, 0, gskW));
    for (int n = leaf / 2; n >= TOP; n /= 2) {
      Node node = node(n);
      path.add(wrapped(node, below));
      below = node;
    }
    return path;
  }

  /** Whether this member has a place or can get one. */
  boolean hasRoomFor(String member) {
    return leafOf.containsKey(member) || !freed.isEmpty() || unusedLeaf < 2 * leaves;
  }

  private int leaf(String member) {
    Integer before = leafOf.get(member);
    if (before != null) {
      return before;
    }
    if (freed.isEmpty() && unusedLeaf == 2 * leaves) {
      throw new IllegalStateException("the key tree has room for " + leaves + " members");
    }
    int leaf = freed.isEmpty() ? unusedLeaf++ : freed.remove(0);
    leafOf.put(member, leaf);
    return leaf;
  }

  private Node node(int n) {
    if (!nodes.containsKey(n) && hadKey.contains(n)) {
      replace(n);
    }
    return nodes.computeIfAbsent(n, unused -> new Node(n - 1L, keyMaker.apply(n - 1L)));
  }

  /**
   * Takes a member out: the keys it had are replaced.
   *
   * @return the new keys as WRAP_KEYs, each for who is below it
   */
  List<WrappedKey> exclude(String member) throws CryptoException {
    Integer leaf = leafOf.remove(member);
    if (leaf == null) {
      return List.of();
    }
    drop(leaf);
    freed.add(leaf);
    for (int n = TOP + top(leaf); n != leaf; n = towards(leaf, n)) {
      drop(n);
      if (nodes.containsKey(2 * n) || nodes.containsKey(2 * n + 1)) {
        replace(n);
      }
    }
    List<WrappedKey> keys = new ArrayList<>();
    for (int n = TOP + top(leaf); n != leaf; n = towards(leaf, n)) {
      for (int below : List.of(2 * n, 2 * n + 1)) {
        if (nodes.containsKey(n) && nodes.containsKey(below)) {
          keys.add(wrapped(nodes.get(n), nodes.get(below)));
        }
      }
    }
    return keys;
  }

  private void drop(int n) {
    Node node = nodes.remove(n);
    if (node != null) {
      hadKey.add(n);
      node.key().close();
    }
  }

  private void replace(int n) {
    long id = nextKeyId++;
    nodes.put(n, new Node(id, keyMaker.apply(id)));
  }

  /** 0 or 1: on which side of the root the leaf is. */
  private int top(int leaf) {
    int n = leaf;
    while (n / 2 >= TOP) {
      n /= 2;
    }
    return n - TOP;
  }

  /** The node below {@code n} on the way to the leaf. */
  private static int towards(int leaf, int n) {
    int below = leaf;
    while (below / 2 != n) {
      below /= 2;
    }
    return below;
  }

  /** The key of a Rekey SA for one member. */
  Optional<WrappedKey> saKey(String member, Secret material) throws CryptoException {
    Integer leaf = leafOf.get(member);
    return leaf == null
        ? Optional.empty()
        : Optional.of(wrappedMaterial(material, nodes.get(TOP + top(leaf))));
  }

  /** The key of a Rekey SA for all members: once for each side of the root that has any. */
  List<WrappedKey> saKeys(Secret material) throws CryptoException {
    List<WrappedKey> keys = new ArrayList<>();
    for (int n : List.of(TOP, TOP + 1)) {
      if (nodes.containsKey(n)) {
        keys.add(wrappedMaterial(material, nodes.get(n)));
      }
    }
    return keys;
  }

  private WrappedKey wrappedMaterial(Secret material, Node by) throws CryptoException {
    try (KeyWrap wrap = wrap(by)) {
      return new WrappedKey(0, by.id(), Octets.of(wrap.wrap(material)));
    }
  }

  private WrappedKey wrapped(Node node, Node by) throws CryptoException {
    try (KeyWrap wrap = wrap(by)) {
      return wrapped(node, by.id(), wrap);
    }
  }

  private static WrappedKey wrapped(Node node, long kwkId, KeyWrap by) throws CryptoException {
    return new WrappedKey(node.id(), kwkId, Octets.of(by.wrap(node.key())));
  }

  private KeyWrap wrap(Node node) throws CryptoException {
    return KeyWrap.of(kwaId, node.key().slice(0, node.key().length()));
  }

  /** Whether this is a member. */
  boolean contains(String member) {
    return leafOf.containsKey(member);
  }
}
