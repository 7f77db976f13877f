package io.gkm.agent.config;

import io.gkm.ike.crypto.Certificates;
import io.gkm.ike.crypto.CryptoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads certificates and keys from PEM files (RFC 7468). */
public final class PemFile {
  private static final int MAX_OCTETS = 1 << 20;
  private static final int MAX_KEY_OCTETS = 64 << 10;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private PemFile() {}

  /** The certificates, at least one, in the file's order. */
  public static List<X509Certificate> certificates(Path file) throws RefusedFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (byte[] der : blocks(text(file), "CERTIFICATE")) {
        certificates.add(Certificates.parse(der));
      }
    } catch (CryptoException | IllegalArgumentException e) {
      throw new RefusedFileException(file + ": " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new RefusedFileException(
          file + " holds no certificate; write it as PEM: -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  /** The one public key. */
  public static PublicKey publicKey(Path file) throws RefusedFileException {
    try {
      List<byte[]> keys = blocks(text(file), "PUBLIC KEY");
      if (keys.size() == 1) {
        return publicKey(file, keys.get(0));
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedFileException(file + ": " + e.getMessage(), e);
    }
    throw new RefusedFileException(
        file + " must hold one public key as PEM: -----BEGIN PUBLIC KEY-----");
  }

  private static PublicKey publicKey(Path file, byte[] spki) throws RefusedFileException {
    return Stream.of("EC", "RSA", "EdDSA", "RSASSA-PSS")
        .flatMap(algorithm -> publicKey(algorithm, spki).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedFileException(
                    file
                        + " holds no public key that can verify signatures (EC, RSA, Ed25519,"
                        + " Ed448)"));
  }

  /** Empty when it is a key of another kind. */
  private static Optional<PublicKey> publicKey(String algorithm, byte[] spki) {
    try {
      return Optional.of(
              KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki)))
          .filter(key -> Arrays.equals(key.getEncoded(), spki));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The private key of a public one, from a private file: PKCS #8, not encrypted. */
  public static PrivateKey privateKey(Path file, PublicKey of) throws RefusedFileException {
    byte[] content = PrivateFile.read(file, MAX_KEY_OCTETS, "private key");
    try {
      // A String cannot be zeroed; what the JDK's key object holds cannot either.
      List<byte[]> keys = blocks(new String(content, StandardCharsets.ISO_8859_1), "PRIVATE KEY");
      if (keys.size() != 1) {
        throw new RefusedFileException(
            "%s must hold one private key as PEM, PKCS #8 and not encrypted:".formatted(file)
                + " -----BEGIN PRIVATE KEY----- (openssl pkcs8 -topk8 -nocrypt makes it of others)");
      }
      try {
        return KeyFactory.getInstance(of.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
      } finally {
        Arrays.fill(keys.get(0), (byte) 0);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not the cause's message: it may show what it could not read.
      throw new RefusedFileException(
          "%s holds no private key for %s".formatted(file, of.getAlgorithm()));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static String text(Path file) throws RefusedFileException {
    try {
      if (Files.size(file) > MAX_OCTETS) {
        throw new RefusedFileException(file + " is too long");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new RefusedFileException(file + " does not exist", e);
    } catch (IOException e) {
      throw new RefusedFileException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<byte[]> blocks(String text, String label) {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(label)) {
        blocks.add(Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", "")));
      }
    }
    return blocks;
  }
}
