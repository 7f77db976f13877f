package io.gkm.lab.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Makes one certificate, valid from an hour ago for a day, with what is added to it. */
public final class CertificateMaker {
  private final X500Principal subject;
  private final KeyPair keys;
  private final ExtensionsGenerator extensions = new ExtensionsGenerator();
  private final List<GeneralName> names = new ArrayList<>();
  private Instant from = Instant.now().minus(Duration.ofHours(1));
  private Instant until = Instant.now().plus(Duration.ofDays(1));
  private LabSignature signature = LabSignature.standard();
  private BigInteger serial = new BigInteger(63, new SecureRandom()).add(BigInteger.ONE);

  /** A certificate for this subject, such as {@code CN=gcks.example}, which may be empty. */
  public CertificateMaker(String subject, KeyPair keys) {
    this.subject = new X500Principal(subject);
    this.keys = keys;
  }

  /** A self-signed authority. */
  public static LabCertificate root(String subject) {
    return new CertificateMaker(subject, LabKeys.make("p256")).authority().selfSigned();
  }

  public CertificateMaker valid(Instant notBefore, Instant notAfter) {
    from = notBefore;
    until = notAfter;
    return this;
  }

  public CertificateMaker serial(long number) {
    serial = BigInteger.valueOf(number);
    return this;
  }

  public CertificateMaker authority() {
    return extension(Extension.basicConstraints, true, new BasicConstraints(true))
        .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  public CertificateMaker dns(String name) {
    return name(GeneralName.dNSName, name);
  }

  public CertificateMaker email(String address) {
    return name(GeneralName.rfc822Name, address);
  }

  public CertificateMaker address(String address) {
    return name(GeneralName.iPAddress, address);
  }

  private CertificateMaker name(int kind, String value) {
    names.add(new GeneralName(kind, value));
    return this;
  }

  /** Bits of {@link KeyUsage}. */
  public CertificateMaker keyUsage(int bits) {
    return extension(Extension.keyUsage, true, new KeyUsage(bits));
  }

  public CertificateMaker extendedKeyUsage(String oid) {
    KeyPurposeId use = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid));
    return extension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(use));
  }

  /** A critical extension that nobody knows. */
  public CertificateMaker unknownCritical() {
    return extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"), true, DERNull.INSTANCE);
  }

  private CertificateMaker extension(
      ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    try {
      extensions.addExtension(oid, critical, value);
      return this;
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The issuer signs with SHA-1, as nobody should any more. */
  public CertificateMaker weaklySigned() {
    signature = LabSignature.sha1();
    return this;
  }

  public LabCertificate selfSigned() {
    return sign(subject, keys.getPrivate(), keys);
  }

  public LabCertificate issuedBy(LabCertificate issuer) {
    return sign(
        issuer.certificate().getSubjectX500Principal(), issuer.keys().getPrivate(), issuer.keys());
  }

  private LabCertificate sign(X500Principal issuer, PrivateKey key, KeyPair issuerKeys) {
    try {
      if (!names.isEmpty()) {
        extension(
            Extension.subjectAlternativeName,
            subject.getName().isEmpty(),
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      AlgorithmIdentifier algorithm = signature.algorithm(issuerKeys.getPublic());
      V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
      content.setSerialNumber(new ASN1Integer(serial));
      content.setSignature(algorithm);
      content.setIssuer(X500Name.getInstance(issuer.getEncoded()));
      content.setStartDate(new Time(Date.from(from)));
      content.setEndDate(new Time(Date.from(until)));
      content.setSubject(X500Name.getInstance(subject.getEncoded()));
      content.setSubjectPublicKeyInfo(
          SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      if (!extensions.isEmpty()) {
        content.setExtensions(extensions.generate());
      }
      byte[] der = signature.wrap(content.generateTBSCertificate(), algorithm, key);
      return new LabCertificate(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)),
          keys);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("no certificate for " + subject, e);
    }
  }
}
