package io.gkm.group;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.SessionInfo;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Identification;
import java.util.List;
import java.util.Optional;

/**
 * What a member needs of one IKE SA with a key server: {@link io.gkm.ike.IkeSession}, or a scripted
 * one in tests.
 */
interface KeyServerSession {
  List<IkeEffect> start(Moment now);

  List<IkeEffect> receive(Moment now, UdpPath path, byte[] datagram);

  List<IkeEffect> tick(Moment now);

  List<IkeEffect> certificatesChecked(Moment now, CertificateCheck check, Optional<String> refusal);

  List<IkeEffect> register(Moment now, GroupRequest request);

  List<IkeEffect> leave(Moment now, Identification group, int notifyType);

  List<IkeEffect> close(Moment now);

  void destroy();

  Optional<Moment> deadline();

  SessionInfo info();

  /** Makes sessions; the first group is registered by the authentication exchange. */
  @FunctionalInterface
  interface Factory {
    KeyServerSession open(IkeSettings server, GroupRequest first);
  }
}
