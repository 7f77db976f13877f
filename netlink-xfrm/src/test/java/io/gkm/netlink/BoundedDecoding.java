package io.gkm.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** A run of a decoder, which may take only as much memory as the length of its input warrants. */
public final class BoundedDecoding {
  /** For the exception and its stack trace. */
  private static final long FIXED = 128 * 1024;

  /** An unknown attribute without content is four octets, and a handful of objects. */
  private static final long PER_OCTET = 128;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private BoundedDecoding() {}

  /** What decodes. */
  public interface Decoder<T> {
    T decode(StructReader in) throws NetlinkCodecException;
  }

  public static <T> T decode(StructReader in, Decoder<T> decoder) throws NetlinkCodecException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      return decoder.decode(in.copy());
    } finally {
      // A first run pays for the loading of classes too, so it alone proves nothing.
      if (THREADS.getCurrentThreadAllocatedBytes() - before > most(in)) {
        assertThat(allocated(in, decoder))
            .as("octets of memory for %d octets of input", in.remaining())
            .isLessThanOrEqualTo(most(in));
      }
    }
  }

  private static long most(StructReader in) {
    return FIXED + PER_OCTET * in.remaining();
  }

  /** The least of three runs: what they have in common is the decoder's own. */
  private static <T> long allocated(StructReader in, Decoder<T> decoder) {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean refused = isRefused(in, decoder);
      long after = THREADS.getCurrentThreadAllocatedBytes();
      assertThat(refused).isEqualTo(isRefused(in, decoder));
      least = Math.min(least, after - before);
    }
    return least;
  }

  private static <T> boolean isRefused(StructReader in, Decoder<T> decoder) {
    try {
      return decoder.decode(in.copy()) == null;
    } catch (NetlinkCodecException e) {
      return true;
    }
  }

  /** Decodes what was encoded, which must succeed. */
  public static <T> T again(StructReader in, Decoder<T> decoder) {
    try {
      return decoder.decode(in);
    } catch (NetlinkCodecException e) {
      throw new AssertionError("what was encoded is refused", e);
    }
  }
}
