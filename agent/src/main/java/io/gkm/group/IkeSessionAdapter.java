package io.gkm.group;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeSession;
import io.gkm.ike.Moment;
import io.gkm.ike.SessionInfo;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Identification;
import java.util.List;
import java.util.Optional;

/** The real session behind {@link KeyServerSession}. */
record IkeSessionAdapter(IkeSession session) implements KeyServerSession {
  @Override
  public List<IkeEffect> start(Moment now) {
    return session.start(now);
  }

  @Override
  public List<IkeEffect> receive(Moment now, UdpPath path, byte[] datagram) {
    return session.receive(now, path, datagram);
  }

  @Override
  public List<IkeEffect> tick(Moment now) {
    return session.tick(now);
  }

  @Override
  public List<IkeEffect> certificatesChecked(
      Moment now, CertificateCheck check, Optional<String> refusal) {
    return session.certificatesChecked(now, check, refusal);
  }

  @Override
  public List<IkeEffect> register(Moment now, GroupRequest request) {
    return session.register(now, request);
  }

  @Override
  public List<IkeEffect> leave(Moment now, Identification group, int notifyType) {
    return session.leave(now, group, notifyType);
  }

  @Override
  public List<IkeEffect> close(Moment now) {
    return session.close(now);
  }

  @Override
  public void destroy() {
    session.destroy();
  }

  @Override
  public Optional<Moment> deadline() {
    return session.deadline();
  }

  @Override
  public SessionInfo info() {
    return session.info();
  }
}
