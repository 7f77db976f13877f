package io.gkm.ike;

import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.PayloadChain;
import java.util.List;

/**
 * Something that takes part in IKE_SA_INIT with notifies of its own: it adds them to the request
 * and reads the peer's from an accepted answer.
 */
interface InitExtension {
  /** The notifies of the request over {@code path}; SPIr is still 0. */
  List<NotifyPayload> offer(long spiI, UdpPath path);

  /**
   * The accepted answer, which came over {@code path}.
   *
   * @throws IgnoredMessageException when it is not acceptable after all; nothing has changed then
   */
  void accepted(long spiI, long spiR, UdpPath path, PayloadChain answer)
      throws IgnoredMessageException;
}
