package io.gkm.agent.config;

import java.util.regex.Pattern;

/** Names a person gives in the file, shown in logs and tables. */
final class Names {
  static final String ALLOWED = "a name has 1 to 64 letters, digits, dots, dashes or underscores";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Names() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
