package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.crypto.DataTransform;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One data SA as the key server hands it out, keys included: the lab compares them with the kernel.
 *
 * @param spi as hexadecimal with 8 digits
 * @param encryption name of the cipher in the kernel; empty with AH
 * @param encryptionKey hexadecimal, with the salt
 * @param integrity name of the integrity algorithm in the kernel; empty with an AEAD
 * @param integrityKey hexadecimal
 */
public record HandedOut(
    String group,
    String spi,
    String destination,
    String encryption,
    String encryptionKey,
    String integrity,
    String integrityKey) {
  static List<HandedOut> of(List<ServedGroup> groups, Moment now) throws CryptoException {
    List<HandedOut> all = new ArrayList<>();
    for (ServedGroup group : groups) {
      for (Tek tek : group.teks(now)) {
        all.add(of(group.settings().name(), tek));
      }
    }
    return all;
  }

  private static HandedOut of(String group, Tek tek) throws CryptoException {
    ControllerSettings.DataSa sa = tek.sa();
    DataSuite suite = sa.suite();
    byte[] material = tek.material().bytes();
    int split = suite.encryption().map(DataTransform::materialOctets).orElse(0);
    HexFormat hex = HexFormat.of();
    return new HandedOut(
        group,
        tek.spi().toHex(),
        sa.destination().startInetAddress().getHostAddress(),
        suite.encryption().map(DataTransform::kernelName).orElse(""),
        hex.formatHex(material, 0, split),
        suite.integrity().map(DataTransform::kernelName).orElse(""),
        hex.formatHex(material, split, material.length));
  }

  /** The lab prints this record only where a file of keys was asked for. */
  @Override
  public String toString() {
    return "HandedOut[" + group + " " + spi + "]";
  }
}
