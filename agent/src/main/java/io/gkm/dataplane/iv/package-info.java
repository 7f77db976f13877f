/**
 * Sender-IDs in the IVs of counter-mode ESP SAs (RFC 6054) on a kernel that makes the IVs itself.
 *
 * <p>Linux makes the IV of such an SA from its sequence number and 64 random bits, drawn when the
 * SA is added (crypto/seqiv.c). So SAs are added and removed until one has drawn the Sender-ID.
 */
package io.gkm.dataplane.iv;
