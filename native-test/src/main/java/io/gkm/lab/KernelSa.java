package io.gkm.lab;

import java.util.Optional;

/**
 * An SA as {@code ip -s xfrm state} shows it.
 *
 * @param protocol esp, ah, ...
 * @param spi unsigned
 * @param mode transport, tunnel, ...
 * @param aead the AEAD, or empty if the SA has a cipher and an integrity algorithm
 * @param selector the text after "sel", such as "src 0.0.0.0/0 dst 239.1.1.1/32 proto udp dport
 *     5000"
 * @param bytes what it has protected or opened so far
 * @param text its whole paragraph
 */
public record KernelSa(
    String source,
    String destination,
    String protocol,
    long spi,
    long reqid,
    String mode,
    int replayWindow,
    Optional<KernelAlgorithm> aead,
    Optional<KernelAlgorithm> encryption,
    Optional<KernelAlgorithm> integrity,
    String selector,
    long bytes,
    long packets,
    String text) {

  /** Without the text, which shows the keys. */
  @Override
  public String toString() {
    return "%s > %s %s spi 0x%08x reqid %d %s %s%s%s, %d packets"
        .formatted(
            source,
            destination,
            protocol,
            spi,
            reqid,
            mode,
            aead.map(Object::toString).orElse(""),
            encryption.map(Object::toString).orElse(""),
            integrity.map(algorithm -> " " + algorithm).orElse(""),
            packets);
  }
}
