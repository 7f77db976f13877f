/**
 * Whether a peer's X.509 certificates may be trusted: path validation by the JDK's PKIX validator
 * (RFC 5280), the identity (RFC 4945), key usage, revocation by CRL and OCSP. Reads files and may
 * use the network, so it does not run on the event loop.
 */
package io.gkm.agent.pki;
