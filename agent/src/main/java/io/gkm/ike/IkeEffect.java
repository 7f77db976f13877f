package io.gkm.ike;

import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import java.util.List;
import java.util.Optional;

/** What an {@link IkeSession} wants done, or tells. Effects are to be carried out in order. */
public sealed interface IkeEffect {
  /**
   * Send a datagram.
   *
   * @param path from where to where
   * @param datagram the UDP payload, with the non-ESP marker where there is one; not to be changed
   */
  // An array because it goes straight to a socket; nobody compares these.
  @SuppressWarnings("ArrayRecordComponent")
  record Send(UdpPath path, byte[] datagram) implements IkeEffect {}

  /**
   * The GCKS signed as it should; before anything of its answer is used, its certificates must be
   * checked. Tell the session what came of it: {@link IkeSession#certificatesChecked}.
   */
  record CheckCertificates(CertificateCheck check) implements IkeEffect {}

  /** The GCKS is authenticated and the IKE SA is up. */
  record Established(SessionInfo info) implements IkeEffect {}

  /**
   * The GCKS accepted us into a group and sent its policy and keys.
   *
   * @param answer the receiver closes it
   */
  record Registered(Identification group, RegistrationAnswer answer) implements IkeEffect {}

  /**
   * The authenticated GCKS does not register us in this group; the IKE SA is up.
   *
   * @param notifyType its error: NO_PROPOSAL_CHOSEN(14), INVALID_GROUP_ID(45),
   *     AUTHORIZATION_FAILED(46), REGISTRATION_FAILED(49), or another one such as
   *     TEMPORARY_FAILURE(43)
   */
  record RegistrationRefused(Identification group, int notifyType) implements IkeEffect {}

  /**
   * The GCKS replaces or deletes group SAs in a GSA_INBAND_REKEY (RFC 9838 section 2.4.2), which is
   * answered already. It is authenticated and well-formed; no group is named in it.
   *
   * @param gsa the policy; absent exactly when {@code kd} is, then there are {@code deletes}
   * @param kd the keys, wrapped
   * @param deletes what is to go
   * @param notifies those beside them, such as USE_TRANSPORT_MODE
   * @param keyWrap the IKE SA's key wrap under its GSK_w; the receiver closes it, and may after the
   *     IKE SA is gone
   */
  record InbandRekey(
      Optional<GsaPayload> gsa,
      Optional<KdPayload> kd,
      List<DeletePayload> deletes,
      List<NotifyPayload> notifies,
      KeyWrap keyWrap)
      implements IkeEffect, AutoCloseable {
    /** Keeps copies of the lists. */
    public InbandRekey {
      deletes = List.copyOf(deletes);
      notifies = List.copyOf(notifies);
    }

    /** Zeroes the key-encryption key. */
    @Override
    public void close() {
      keyWrap.close();
    }
  }

  /** The GCKS answered our leaving (or refusing the policy of) this group. */
  record Left(Identification group) implements IkeEffect {}

  /** The session is over; nothing follows. */
  record Closed(CloseReason reason, String detail) implements IkeEffect {}

  /** A datagram was dropped: for a debug log and counters. */
  record Ignored(String why) implements IkeEffect {}
}
