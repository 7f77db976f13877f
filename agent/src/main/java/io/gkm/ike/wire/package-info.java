/**
 * The IKEv2 and G-IKEv2 wire format: octets to records and back, without cryptography, sockets or
 * clocks.
 *
 * <p>Sources: RFC 7296 sections 3.1 to 3.14 (header, payloads, substructures), RFC 7383 (encrypted
 * fragments), RFC 7427 (signature authentication data), RFC 9838 section 4 (IDg, SAg, GSA, KD,
 * Delete, notifications of groups).
 *
 * <p>All integers are big-endian. Decoders are strict: they check every length, count and type,
 * refuse trailing octets and throw nothing but {@link io.gkm.ike.wire.WireException}, which names
 * the field and the offset. Records are plain values and can hold what a decoder would refuse (a
 * test peer needs that); encoders throw {@link java.lang.IllegalArgumentException} only for what
 * does not fit the format's field widths.
 */
package io.gkm.ike.wire;
