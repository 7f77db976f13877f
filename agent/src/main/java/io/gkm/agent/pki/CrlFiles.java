package io.gkm.agent.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads certificate revocation lists (RFC 5280 section 5) from files, PEM or DER. */
public final class CrlFiles {
  private static final long MAX_OCTETS = 64L << 20;

  private CrlFiles() {}

  /**
   * All lists in these files.
   *
   * @throws IOException when a file cannot be read or holds none; the message names it
   */
  public static List<CRL> read(List<Path> files) throws IOException {
    List<CRL> all = new ArrayList<>();
    for (Path file : files) {
      if (Files.size(file) > MAX_OCTETS) {
        throw new IOException(file + " is too long for a CRL");
      }
      all.addAll(parse(file, Files.readAllBytes(file)));
    }
    return all;
  }

  private static Collection<? extends CRL> parse(Path file, byte[] content) throws IOException {
    try {
      Collection<? extends CRL> lists =
          CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(content));
      if (lists.isEmpty()) {
        throw new IOException(file + " holds no CRL");
      }
      return lists;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is not a CRL, neither PEM nor DER", e);
    }
  }
}
