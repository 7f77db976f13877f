package io.gkm.ike;

import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.NotifyPayload;
import java.util.List;

/**
 * The GCKS's answer that makes us a member of a group. It is authenticated and well-formed; whether
 * its policy is acceptable is for the receiver to say.
 *
 * @param gsa the policy
 * @param kd the keys, wrapped
 * @param notifies status notifies beside them, such as USE_TRANSPORT_MODE
 * @param keyWrap the IKE SA's key wrap under its GSK_w, for keys with KWK ID 0; a copy of its own,
 *     usable after the IKE SA is gone
 */
public record RegistrationAnswer(
    GsaPayload gsa, KdPayload kd, List<NotifyPayload> notifies, KeyWrap keyWrap)
    implements AutoCloseable {
  /** Keeps a copy of the list. */
  public RegistrationAnswer {
    notifies = List.copyOf(notifies);
  }

  /** Zeroes the key-encryption key. */
  @Override
  public void close() {
    keyWrap.close();
  }
}
