package io.gkm.ike.crypto;

import io.gkm.ike.wire.EncrId;

/**
 * One algorithm of a data-security SA (ESP or AH), with its key length decided. See {@link
 * DataTransforms} for how to get one.
 *
 * @param kind what it does
 * @param id ENCR transform id, or INTEG transform id when {@code kind} is INTEGRITY
 * @param name IANA name, with the key length where there is a choice
 * @param kernelName name in the Linux crypto API, as XFRM's algorithm attributes take it
 * @param keyOctets octets of the key without salt
 * @param saltOctets octets of salt (nonce) that follow the key in the key material; the kernel
 *     takes both as one key
 * @param icvBits bits of the ICV it adds; 0 for a plain cipher
 * @param counterMode its IV must never repeat under one key, whoever sends: with several senders
 *     the IV needs a Sender-ID (RFC 6054)
 */
public record DataTransform(
    Kind kind,
    int id,
    String name,
    String kernelName,
    int keyOctets,
    int saltOctets,
    int icvBits,
    boolean counterMode) {
  /** What an algorithm does. */
  public enum Kind {
    /** Encrypts (or, with NULL_AUTH_AES_GMAC, does not) and authenticates: stands alone. */
    AEAD,
    /** Encrypts only: needs an integrity algorithm beside it. */
    CIPHER,
    /** Authenticates only. */
    INTEGRITY
  }

  /** Whether it hides what it protects. */
  public boolean encrypts() {
    return kind != Kind.INTEGRITY && id != EncrId.NULL && id != EncrId.NULL_AUTH_AES_GMAC;
  }

  /** Octets of key material: key and salt. */
  public int materialOctets() {
    return keyOctets + saltOctets;
  }

  /** Bits of key material, which is the key length XFRM wants. */
  public int materialBits() {
    return materialOctets() * Byte.SIZE;
  }
}
