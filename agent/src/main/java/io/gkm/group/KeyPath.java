package io.gkm.group;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.WrappedKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Working Key Path of a member (RFC 9838 section 3.3): key wrap keys that lead from the key of
 * the Rekey SA down to the member's own, which comes last. What tree or other scheme the GCKS has
 * is of no concern here. Owns its keys; never changes.
 */
final class KeyPath implements AutoCloseable {
  /** A tree of 2^64 members is not that deep. */
  static final int MAX_LENGTH = 64;

  private static final long DEFAULT_KWK = 0;

  private record Key(long id, KeyWrap wrap) {}

  /**
   * The key of a Rekey SA and the path that goes with it; both are the receiver's to close.
   *
   * @param path a new value, also when nothing in it is different
   */
  record Unlocked(Secret material, KeyPath path) {}

  private final List<Key> keys;

  private KeyPath(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The path of somebody who is not a member yet. */
  static KeyPath empty() {
    return new KeyPath(List.of());
  }

  /** Key ids, that of the member's own key last. */
  List<Long> ids() {
    return keys.stream().map(Key::id).toList();
  }

  /**
   * Finds a way from one of {@code saKeys} to a key this member has. Each WRAP_KEY is tried once
   * for the key it names, so the work grows with the message only, however it is made.
   *
   * @param saKeys the same keying material, wrapped in different keys
   * @param wrapKeys other keys in the message
   * @param carrier key wrap of the SA the message travels over, for KWK ID 0; also says which
   *     algorithm the keys in the message are for
   * @return empty when there is none: this member is not among those who are meant
   */
  Optional<Unlocked> unlock(List<WrappedKey> saKeys, List<WrappedKey> wrapKeys, KeyWrap carrier) {
    Search search = new Search(carrier);
    search.expand(wrapKeys);
    try {
      for (WrappedKey saKey : saKeys) {
        Optional<Unlocked> found = search.unlock(saKey);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } finally {
      search.found.values().forEach(step -> step.wrap.close());
    }
  }

  /** Zeroes the keys. */
  @Override
  public void close() {
    keys.forEach(key -> key.wrap().close());
  }

  /** The ids; never the keys. */
  @Override
  public String toString() {
    return "KeyPath" + ids();
  }

  /** A key of the message that could be unwrapped, and with which one. */
  private record Step(KeyWrap wrap, long kwkId) {}

  private final class Search {
    final Map<Long, Step> found = new HashMap<>();
    private final KeyWrap carrier;

    Search(KeyWrap carrier) {
      this.carrier = carrier;
    }

    /** Unwraps what can be unwrapped with what is known, until there is nothing more. */
    void expand(List<WrappedKey> wrapKeys) {
      Map<Long, List<WrappedKey>> byKwk = new HashMap<>();
      for (WrappedKey key : wrapKeys) {
        byKwk.computeIfAbsent(key.kwkId(), id -> new ArrayList<>()).add(key);
      }
      List<Long> known = new ArrayList<>(ids());
      known.add(DEFAULT_KWK);
      while (!known.isEmpty()) {
        long kwkId = known.remove(known.size() - 1);
        KeyWrap kwk = known(kwkId).orElseThrow();
        for (WrappedKey key : byKwk.getOrDefault(kwkId, List.of())) {
          if (known(key.keyId()).isEmpty()) {
            Optional<KeyWrap> opened = open(kwk, key);
            if (opened.isPresent()) {
              found.put(key.keyId(), new Step(opened.get(), kwkId));
              known.add(key.keyId());
            }
          }
        }
      }
    }

    private Optional<KeyWrap> known(long id) {
      if (id == DEFAULT_KWK) {
        return Optional.of(carrier);
      }
      Optional<KeyWrap> own =
          keys.stream().filter(key -> key.id() == id).map(Key::wrap).findFirst();
      return own.or(() -> Optional.ofNullable(found.get(id)).map(Step::wrap));
    }

    private Optional<KeyWrap> open(KeyWrap kwk, WrappedKey key) {
      Secret secret;
      try {
        secret = kwk.unwrap(key.encryptedKey().toByteArray());
      } catch (CryptoException e) {
        // Not for us, or damaged: then it leads nowhere.
        return Optional.empty();
      }
      try {
        return Optional.of(carrier.withKey(secret));
      } catch (CryptoException e) {
        secret.close();
        return Optional.empty();
      }
    }

    Optional<Unlocked> unlock(WrappedKey saKey) {
      Optional<KeyWrap> kwk = known(saKey.kwkId());
      if (kwk.isEmpty()) {
        return Optional.empty();
      }
      List<Key> path = new ArrayList<>();
      Set<Long> seen = new HashSet<>();
      long at = saKey.kwkId();
      while (found.containsKey(at) && seen.add(at) && path.size() < MAX_LENGTH) {
        path.add(new Key(at, found.get(at).wrap()));
        at = found.get(at).kwkId();
      }
      List<Key> whole = updated(path, at);
      if (found.containsKey(at) || whole.size() > MAX_LENGTH) {
        return Optional.empty();
      }
      try {
        Secret material = kwk.get().unwrap(saKey.encryptedKey().toByteArray());
        return Optional.of(
            new Unlocked(
                material,
                new KeyPath(
                    whole.stream().map(key -> new Key(key.id(), key.wrap().copy())).toList())));
      } catch (CryptoException e) {
        return Optional.empty();
      }
    }

    /** RFC 9838 section 3.3: what lies above the key where the new path ends is replaced by it. */
    private List<Key> updated(List<Key> path, long end) {
      List<Key> result = new ArrayList<>(path);
      if (path.isEmpty()) {
        result.addAll(keys);
      } else if (end != DEFAULT_KWK && ids().contains(end)) {
        result.addAll(keys.subList(ids().indexOf(end), keys.size()));
      }
      return result;
    }
  }
}
