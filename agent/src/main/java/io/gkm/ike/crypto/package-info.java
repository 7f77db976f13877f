/**
 * The cryptography of an IKE SA with a key server: negotiated transforms become primitives here.
 *
 * <ul>
 *   <li>{@link io.gkm.ike.crypto.KeyExchange}: ephemeral (EC)DH, RFC 7296 section 3.4, RFC 5903,
 *       RFC 8031, RFC 6989.
 *   <li>{@link io.gkm.ike.crypto.Prf}, {@link io.gkm.ike.crypto.IkeKeys}: prf, prf+ and the key
 *       schedule, RFC 7296 sections 2.13 and 2.14; GSK_w, RFC 9838 section 3.4.
 *   <li>{@link io.gkm.ike.crypto.SkCipher}: the Encrypted (and Encrypted Fragment) payload, RFC
 *       7296 section 3.14, RFC 5282, RFC 7634, RFC 7383.
 *   <li>{@link io.gkm.ike.crypto.PskAuth}, {@link io.gkm.ike.crypto.SignedOctets}: RFC 7296 section
 *       2.15.
 *   <li>{@link io.gkm.ike.crypto.NatDetection}: RFC 7296 section 2.23.
 *   <li>{@link io.gkm.ike.crypto.KeyWrap}: wrapped keys of the KD payload, RFC 5649.
 *   <li>{@link io.gkm.ike.crypto.DataTransforms}, {@link io.gkm.ike.crypto.DataSuite}: transforms
 *       and key material of ESP and AH data-security SAs, RFC 8221 and RFC 7296 section 2.17.
 * </ul>
 *
 * <p>The primitives themselves are Bouncy Castle's. Nothing here reads a clock, opens a socket or
 * makes its own randomness: the caller injects a {@link java.security.SecureRandom}. Octets from
 * the network that are wrong in any way cause {@link io.gkm.ike.crypto.CryptoException} and nothing
 * else. Key material lives in {@link io.gkm.ike.crypto.Secret}.
 */
package io.gkm.ike.crypto;
