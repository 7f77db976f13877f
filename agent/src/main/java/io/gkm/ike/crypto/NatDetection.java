package io.gkm.ike.crypto;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.digests.SHA1Digest;

/** The data of NAT_DETECTION_SOURCE_IP and NAT_DETECTION_DESTINATION_IP (RFC 7296 section 2.23). */
public final class NatDetection {
  /** Octets of the hash. */
  public static final int LENGTH = 20;

  private NatDetection() {}

  /**
   * SHA1(SPIi | SPIr | address | port): 20 octets. SHA-1 is what the protocol prescribes; the hash
   * only compares addresses, it protects nothing.
   *
   * @param spiI initiator's SPI as in this message's header
   * @param spiR responder's SPI as in this message's header: 0 in the first request
   * @param address 4 or 16 octets in the hash
   * @param port 0 to 65535
   */
  public static byte[] hash(long spiI, long spiR, InetAddress address, int port) {
    byte[] ip = address.getAddress();
    byte[] data =
        ByteBuffer.allocate(2 * Long.BYTES + ip.length + Short.BYTES)
            .putLong(spiI)
            .putLong(spiR)
            .put(ip)
            .putShort((short) port)
            .array();
    SHA1Digest digest = new SHA1Digest();
    digest.update(data, 0, data.length);
    byte[] hash = new byte[LENGTH];
    digest.doFinal(hash, 0);
    return hash;
  }
}
