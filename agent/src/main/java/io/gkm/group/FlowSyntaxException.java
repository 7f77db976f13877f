package io.gkm.group;

/** A text that is no {@link Flow}: says what is wrong, at which character, and the right form. */
public final class FlowSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;

  FlowSyntaxException(String text, int position, String problem, Throwable cause) {
    super(
        "\""
            + text
            + "\": at character "
            + position
            + ": "
            + problem
            + "; write for example \""
            + Flow.EXAMPLE
            + "\"",
        cause);
    this.position = position;
  }

  /** The character the problem begins at, the first one being 1. */
  public int position() {
    return position;
  }
}
