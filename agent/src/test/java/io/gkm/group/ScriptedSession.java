package io.gkm.group;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.NatStatus;
import io.gkm.ike.SessionInfo;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Identification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An IKE SA whose key server says what the test makes it say; writes down what it is asked. */
final class ScriptedSession implements KeyServerSession {
  final IkeSettings settings;

  /** {@code first video}, {@code register audio}, {@code leave video 49}, {@code close}... */
  final List<String> asked = new ArrayList<>();

  final List<GroupRequest> requests = new ArrayList<>();
  Optional<Moment> deadline = Optional.empty();
  List<IkeEffect> onTick = List.of();
  List<IkeEffect> onClose = List.of();
  boolean destroyed;
  private List<IkeEffect> next = List.of();

  ScriptedSession(IkeSettings settings, GroupRequest first) {
    this.settings = settings;
    requests.add(first);
    asked.add("first " + name(first.group()));
  }

  /** What the next datagram makes it say. */
  void says(IkeEffect... effects) {
    next = List.of(effects);
  }

  private static String name(Identification group) {
    return group.format().substring("key-id:".length());
  }

  @Override
  public List<IkeEffect> start(Moment now) {
    return List.of(
        new IkeEffect.Send(
            UdpPath.of(settings.localAddress(), settings.remoteAddress(), 500), new byte[] {1}));
  }

  @Override
  public List<IkeEffect> receive(Moment now, UdpPath path, byte[] datagram) {
    List<IkeEffect> effects = next;
    next = List.of();
    return effects;
  }

  @Override
  public List<IkeEffect> tick(Moment now) {
    deadline = Optional.empty();
    return onTick;
  }

  @Override
  public List<IkeEffect> certificatesChecked(
      Moment now, CertificateCheck check, Optional<String> refusal) {
    asked.add("certificates " + check.peer() + " " + refusal.orElse("trusted"));
    return List.of();
  }

  @Override
  public List<IkeEffect> register(Moment now, GroupRequest request) {
    requests.add(request);
    asked.add("register " + name(request.group()));
    return List.of();
  }

  @Override
  public List<IkeEffect> leave(Moment now, Identification group, int notifyType) {
    asked.add("leave " + name(group) + " " + notifyType);
    return List.of();
  }

  @Override
  public List<IkeEffect> close(Moment now) {
    asked.add("close");
    return onClose;
  }

  @Override
  public void destroy() {
    destroyed = true;
  }

  @Override
  public Optional<Moment> deadline() {
    return deadline;
  }

  @Override
  public SessionInfo info() {
    return new SessionInfo(
        SessionInfo.State.CONNECTING,
        1,
        2,
        Optional.empty(),
        UdpPath.of(settings.localAddress(), settings.remoteAddress(), 500),
        NatStatus.UNKNOWN,
        Optional.empty());
  }
}
