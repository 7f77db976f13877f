package io.gkm.lab;

/**
 * An algorithm of an SA as the kernel names it, such as rfc4106(gcm(aes)).
 *
 * @param key its key (for an AEAD with the salt at the end) in lower-case hex without 0x; empty for
 *     none
 * @param icvBits the length of the integrity check value in bits, 0 where the kernel does not say
 */
public record KernelAlgorithm(String name, String key, int icvBits) {

  /** Without the key. */
  @Override
  public String toString() {
    return name + " (" + key.length() * 4 + "-bit key, ICV " + icvBits + ")";
  }
}
