package io.gkm.lab.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** How an issuer signs. */
record LabSignature(boolean weak) {
  static LabSignature standard() {
    return new LabSignature(false);
  }

  static LabSignature sha1() {
    return new LabSignature(true);
  }

  private String name(PublicKey key) {
    String hash = weak ? "SHA1" : "SHA256";
    return switch (key.getAlgorithm()) {
      case "RSA" -> hash + "withRSA";
      case "EC" -> hash + "withECDSA";
      default -> "Ed25519";
    };
  }

  AlgorithmIdentifier algorithm(PublicKey key) {
    return switch (name(key)) {
      case "SHA256withRSA" -> id("1.2.840.113549.1.1.11", true);
      case "SHA1withRSA" -> id("1.2.840.113549.1.1.5", true);
      case "SHA256withECDSA" -> id("1.2.840.10045.4.3.2", false);
      case "SHA1withECDSA" -> id("1.2.840.10045.4.1", false);
      default -> id("1.3.101.112", false);
    };
  }

  private static AlgorithmIdentifier id(String oid, boolean withNull) {
    ASN1ObjectIdentifier identifier = new ASN1ObjectIdentifier(oid);
    return withNull
        ? new AlgorithmIdentifier(identifier, DERNull.INSTANCE)
        : new AlgorithmIdentifier(identifier);
  }

  /** SEQUENCE of content, algorithm and signature: a certificate, a CRL. */
  byte[] wrap(ASN1Encodable content, AlgorithmIdentifier algorithm, PrivateKey key)
      throws GeneralSecurityException, IOException {
    String oid = algorithm.getAlgorithm().getId();
    Signature signer = Signature.getInstance(oid.equals("1.3.101.112") ? "Ed25519" : oid);
    signer.initSign(key);
    signer.update(content.toASN1Primitive().getEncoded("DER"));
    return new DERSequence(
            new ASN1Encodable[] {content, algorithm, new DERBitString(signer.sign())})
        .getEncoded("DER");
  }
}
