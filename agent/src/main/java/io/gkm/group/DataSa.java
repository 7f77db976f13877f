package io.gkm.group;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.wire.TrafficSelector;
import java.util.Optional;

/**
 * One data-security SA that should be in the kernel: accepted policy and its keys.
 *
 * <p>A value with the same group, SPI and generation is the same SA as before: it stays installed.
 * Only {@code expiresAt} and {@code sending} may then differ (the key server extended or shortened
 * its life). A new generation replaces, also when it has an SPI an older one had.
 *
 * @param protocolId security protocol: 2 AH, 3 ESP
 * @param spi 4 octets as a number; unsigned, at least 256
 * @param transportMode true; tunnel mode is not accepted yet
 * @param source source selector: addresses, ports, protocol
 * @param destination destination selector: one multicast address, ports, protocol as in source
 * @param suite the algorithms
 * @param keys owned by this value, see {@link DesiredState}
 * @param inbound whether what others send is taken in by it
 * @param outbound whether what this host sends may be protected by it, now or later
 * @param sending whether it is the one that protects what this host sends now; of the outbound SAs
 *     for the same traffic only one is
 * @param replayWindow packets; 0 when there is no replay protection (SN 2, RFC 9838 section 2.6)
 * @param installedAt when its generation was accepted
 * @param expiresAt end of GSA_KEY_LIFETIME; empty when the key server set none
 * @param generation counts the SAs of one group; the data plane gives each its own reqid
 */
public record DataSa(
    int protocolId,
    int spi,
    boolean transportMode,
    TrafficSelector source,
    TrafficSelector destination,
    DataSuite suite,
    DataSaKeys keys,
    boolean inbound,
    boolean outbound,
    boolean sending,
    int replayWindow,
    Moment installedAt,
    Optional<Moment> expiresAt,
    int generation)
    implements AutoCloseable {

  /** The same SA with its own copy of the keys. */
  public DataSa copy() {
    DataSaKeys own =
        new DataSaKeys(
            keys.encryption().slice(0, keys.encryption().length()),
            keys.integrity().slice(0, keys.integrity().length()));
    return with(own, expiresAt, generation, sending);
  }

  /** The same SA, same keys, ending at another time. */
  DataSa withExpiry(Optional<Moment> newExpiresAt) {
    return with(keys, newExpiresAt, generation, sending);
  }

  /** The same SA, same keys, counted as this generation. */
  DataSa withGeneration(int newGeneration) {
    return with(keys, expiresAt, newGeneration, sending);
  }

  /** The same SA, same keys, sending now or not. */
  DataSa withSending(boolean newSending) {
    return with(keys, expiresAt, generation, newSending);
  }

  private DataSa with(
      DataSaKeys newKeys, Optional<Moment> newExpiresAt, int newGeneration, boolean newSending) {
    return new DataSa(
        protocolId,
        spi,
        transportMode,
        source,
        destination,
        suite,
        newKeys,
        inbound,
        outbound,
        newSending,
        replayWindow,
        installedAt,
        newExpiresAt,
        newGeneration);
  }

  /** The SPI as people write it: {@code 0xc0ffee01}. */
  public String spiText() {
    return String.format("0x%08x", spi);
  }

  /** Wipes the keys of this value. */
  @Override
  public void close() {
    keys.close();
  }
}
