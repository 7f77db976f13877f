package io.gkm.ike;

/**
 * What identifies an IKE SA: 8 octets of each end, as the bits of a {@code long}.
 *
 * @param initiator the original initiator's SPI
 * @param responder the original responder's SPI
 */
public record SaSpis(long initiator, long responder) {
  @Override
  public String toString() {
    return "%016x/%016x".formatted(initiator, responder);
  }
}
