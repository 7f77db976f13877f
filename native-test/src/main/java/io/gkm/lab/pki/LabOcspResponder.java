package io.gkm.lab.pki;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extensions;

/** Tells over HTTP on a loopback port which certificates of an authority are revoked (RFC 6960). */
public final class LabOcspResponder implements AutoCloseable {
  private static final Extensions NONE = null;

  private final LabCertificate signer;
  private final List<BigInteger> revoked;
  private final HttpServer http;

  /**
   * @param signer signs the answers; the authority itself, or an impostor
   * @param revoked these are revoked, all others are good
   */
  public LabOcspResponder(LabCertificate signer, List<LabCertificate> revoked) throws IOException {
    this.signer = signer;
    this.revoked = revoked.stream().map(c -> c.certificate().getSerialNumber()).toList();
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    http.createContext("/", this::handle);
    http.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = answer(request(exchange));
      exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (GeneralSecurityException e) {
      throw new IOException("an OCSP answer cannot be signed", e);
    }
  }

  /** By POST in the body, by GET as base64 in the path. */
  private static byte[] request(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      return exchange.getRequestBody().readAllBytes();
    }
    String path = exchange.getRequestURI().getRawPath().substring(1);
    return Base64.getMimeDecoder().decode(URLDecoder.decode(path, StandardCharsets.US_ASCII));
  }

  private byte[] answer(byte[] request) throws IOException, GeneralSecurityException {
    Request asked =
        Request.getInstance(
            OCSPRequest.getInstance(request).getTbsRequest().getRequestList().getObjectAt(0));
    Instant now = Instant.now();
    SingleResponse one =
        new SingleResponse(asked.getReqCert(), status(asked.getReqCert()), time(now), null, NONE);
    byte[] issuer = signer.certificate().getSubjectX500Principal().getEncoded();
    ResponseData data =
        new ResponseData(
            new ResponderID(X500Name.getInstance(issuer)), time(now), new DERSequence(one), NONE);
    LabSignature signature = LabSignature.standard();
    AlgorithmIdentifier algorithm = signature.algorithm(signer.keys().getPublic());
    byte[] basic = signature.wrap(data, algorithm, signer.keys().getPrivate());
    return new OCSPResponse(
            new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
            new ResponseBytes(OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic)))
        .getEncoded("DER");
  }

  private CertStatus status(CertID certificate) {
    boolean isRevoked = revoked.contains(certificate.getSerialNumber().getValue());
    return isRevoked
        ? new CertStatus(
            new RevokedInfo(
                time(Instant.now().minus(Duration.ofHours(1))),
                CRLReason.lookup(CRLReason.keyCompromise)))
        : new CertStatus();
  }

  private static ASN1GeneralizedTime time(Instant instant) {
    return new ASN1GeneralizedTime(Date.from(instant));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
