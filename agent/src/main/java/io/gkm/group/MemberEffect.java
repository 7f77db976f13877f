package io.gkm.group;

import io.gkm.ike.CertificateCheck;
import io.gkm.ike.UdpPath;

/** What a {@link ControllerMember} wants done, in this order. */
public sealed interface MemberEffect {

  /** Send this UDP payload; not to be changed. */
  // An array because it goes straight to a socket; nobody compares these.
  @SuppressWarnings("ArrayRecordComponent")
  record Send(UdpPath path, byte[] datagram) implements MemberEffect {}

  /** The member's desired state has changed: fetch it and apply it. */
  record DesiredStateChanged() implements MemberEffect {}

  /** Where rekeys arrive has changed: ask {@link ControllerMember#listening} and join. */
  record ListeningChanged() implements MemberEffect {}

  /**
   * Check these certificates and tell the member by {@link ControllerMember#certificatesChecked}:
   * until then the key server is not trusted.
   */
  record CheckCertificates(CertificateCheck check) implements MemberEffect {}

  /** Tell the person. */
  record Event(MemberEvent event) implements MemberEffect {}

  /** After a shutdown: nothing more will come, the member is done. */
  record Finished() implements MemberEffect {}
}
