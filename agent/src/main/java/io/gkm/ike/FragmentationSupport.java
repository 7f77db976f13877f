package io.gkm.ike;

import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.PayloadChain;
import java.util.List;

/** Agreement on IKE fragmentation (RFC 7383 section 2.3): both ends say that they support it. */
final class FragmentationSupport implements InitExtension {
  private final IkeOptions options;
  private boolean agreed;

  FragmentationSupport(IkeOptions options) {
    this.options = options;
  }

  @Override
  public List<NotifyPayload> offer(long spiI, UdpPath path) {
    return options.fragments(path.remote().getAddress())
        ? List.of(NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED))
        : List.of();
  }

  @Override
  public void accepted(long spiI, long spiR, UdpPath path, PayloadChain answer) {
    agreed =
        options.fragments(path.remote().getAddress())
            && answer.notification(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent();
  }

  /** What the answer showed. */
  boolean agreed() {
    return agreed;
  }
}
