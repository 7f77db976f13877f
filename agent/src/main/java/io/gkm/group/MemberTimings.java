package io.gkm.group;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * How long a member waits. All are spread by chance.
 *
 * @param retryFirst after the first failure that may pass by itself (no answer,
 *     REGISTRATION_FAILED)
 * @param retryMax the longest such wait
 * @param refusedFirst after the first refusal that somebody has to put right (wrong secret, unknown
 *     group, policy outside {@code allow})
 * @param refusedMax the longest such wait
 * @param excludedMin shortest wait after the key server excluded this member
 * @param excludedMax longest wait after the key server excluded this member; RFC 9838 section 2.4.3
 *     recommends a random delay of seconds
 * @param leaving how long leaving may take before the member stops without an answer
 */
public record MemberTimings(
    Duration retryFirst,
    Duration retryMax,
    Duration refusedFirst,
    Duration refusedMax,
    Duration excludedMin,
    Duration excludedMax,
    Duration leaving) {

  /** What the daemon uses. */
  public static MemberTimings standard() {
    return new MemberTimings(
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2));
  }

  /** How long this member waits before it comes back after an exclusion, drawn anew each time. */
  Duration afterExclusion(SecureRandom random) {
    return Jitter.between(random, excludedMin, excludedMax);
  }
}
