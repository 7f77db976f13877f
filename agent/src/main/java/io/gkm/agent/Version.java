package io.gkm.agent;

import java.util.Optional;

/** The program's version, from the jar it was started from. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}; {@code development} when it does not run from its jar. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
