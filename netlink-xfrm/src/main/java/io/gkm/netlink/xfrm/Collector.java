package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects a dump; one object that cannot be read makes all of it fail, in the end. */
final class Collector<T> implements XfrmVisitor<T> {
  private final Consumer<T> forget;
  private final List<T> objects = new ArrayList<>();
  private Optional<NetlinkCodecException> unreadable = Optional.empty();

  /**
   * @param forget is given what came in vain
   */
  Collector(Consumer<T> forget) {
    this.forget = forget;
  }

  @Override
  public void visit(T object) {
    objects.add(object);
  }

  @Override
  public void restarted() {
    objects.forEach(forget);
    objects.clear();
    unreadable = Optional.empty();
  }

  @Override
  public void unreadable(NetlinkCodecException why) {
    unreadable = Optional.of(why);
  }

  List<T> collected() throws NetlinkCodecException {
    if (unreadable.isPresent()) {
      objects.forEach(forget);
      throw unreadable.get();
    }
    return objects;
  }
}
