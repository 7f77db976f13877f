package io.gkm.lab.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;

/** Makes certificate revocation lists. */
public final class CrlMaker {
  private CrlMaker() {}

  /** The list of an authority, DER. */
  public static byte[] make(
      LabCertificate issuer, List<LabCertificate> revoked, Instant from, Instant until) {
    LabSignature signature = LabSignature.standard();
    AlgorithmIdentifier algorithm = signature.algorithm(issuer.keys().getPublic());
    V2TBSCertListGenerator content = new V2TBSCertListGenerator();
    content.setSignature(algorithm);
    content.setIssuer(
        X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()));
    content.setThisUpdate(new Time(Date.from(from)));
    content.setNextUpdate(new Time(Date.from(until)));
    for (LabCertificate certificate : revoked) {
      content.addCRLEntry(
          new ASN1Integer(certificate.certificate().getSerialNumber()),
          new Time(Date.from(from)),
          CRLReason.keyCompromise);
    }
    try {
      return signature.wrap(content.generateTBSCertList(), algorithm, issuer.keys().getPrivate());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("no CRL of " + issuer, e);
    }
  }
}
