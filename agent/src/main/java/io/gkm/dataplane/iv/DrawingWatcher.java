package io.gkm.dataplane.iv;

import java.time.Duration;

/** Follows a drawing, on the thread that draws. */
public interface DrawingWatcher {
  /** Sees nothing and never stops it. */
  DrawingWatcher NONE = new DrawingWatcher() {};

  /** Whether to go on; asked often. */
  default boolean goesOn() {
    return true;
  }

  /** It takes longer than a second; said about once in each second. */
  default void stillDrawing(SenderId senderId, long tries, Duration elapsed) {}

  /**
   * An SA was found and is about to be made ready: from here on the Sender-ID counts as used with
   * the key.
   */
  default void found(SenderId senderId) {}
}
