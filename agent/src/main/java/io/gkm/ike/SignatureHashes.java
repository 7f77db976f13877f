package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.SignatureChoice;
import io.gkm.ike.wire.HashId;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * SIGNATURE_HASH_ALGORITHMS (RFC 7427 section 4): each side says which hashes it accepts in
 * signatures; data is a list of 16-bit numbers of {@link HashId}.
 */
public final class SignatureHashes implements InitExtension {
  private final Authentication authentication;
  private Set<Integer> announced = Set.of();

  SignatureHashes(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public List<NotifyPayload> offer(long spiI, UdpPath path) {
    return authentication.usesSignatures()
        ? List.of(announcement(SignatureChoice.accepted()))
        : List.of();
  }

  /** An answer that leaves us nothing to sign with may be forged: it is ignored. */
  @Override
  public void accepted(long spiI, long spiR, UdpPath path, PayloadChain answer)
      throws IgnoredMessageException {
    Set<Integer> hashes = read(answer);
    try {
      authentication.own().requireUsable(hashes);
    } catch (CryptoException e) {
      throw new IgnoredMessageException("IKE_SA_INIT answer", e);
    }
    announced = hashes;
  }

  /** What the accepted answer announced. */
  Set<Integer> announced() {
    return announced;
  }

  /** The notify that announces these. */
  public static NotifyPayload announcement(Set<Integer> hashes) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    hashes.stream()
        .sorted()
        .forEach(
            id -> {
              data.write(id >> Byte.SIZE);
              data.write(id);
            });
    return NotifyPayload.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, Octets.of(data.toByteArray()));
  }

  /** What a message announces; empty when it does not, or not in whole numbers. */
  public static Set<Integer> read(PayloadChain message) {
    Set<Integer> hashes = new HashSet<>();
    for (NotifyPayload notify : message.notifications(NotifyType.SIGNATURE_HASH_ALGORITHMS)) {
      byte[] data = notify.data().toByteArray();
      if (data.length % Short.BYTES == 0) {
        for (int i = 0; i < data.length; i += Short.BYTES) {
          hashes.add(Byte.toUnsignedInt(data[i]) << Byte.SIZE | Byte.toUnsignedInt(data[i + 1]));
        }
      }
    }
    return hashes;
  }
}
