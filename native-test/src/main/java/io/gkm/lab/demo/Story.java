package io.gkm.lab.demo;

/** What the demonstration prints, and whether all it claims was seen. */
// The annotation that Error Prone asks for would be one more dependency.
@SuppressWarnings("AnnotateFormatMethod")
final class Story {
  private int seen;
  private int missed;

  /** A heading. */
  void chapter(String format, Object... values) {
    print("\n== " + String.format(format, values));
  }

  /** Something that was seen, as it was seen. */
  void show(String format, Object... values) {
    print("   " + String.format(format, values));
  }

  /** A claim, and whether it is true. */
  void check(boolean holds, String format, Object... values) {
    if (holds) {
      seen++;
    } else {
      missed++;
    }
    print((holds ? "OK " : "FAILED ") + String.format(format, values));
  }

  /** The demonstration could not go on. */
  void broken(Exception why) {
    missed++;
    print("FAILED " + why.getMessage());
  }

  /** The last line and the exit status. */
  int end() {
    print(
        missed == 0
            ? "\nAll " + seen + " claims were seen to be true."
            : "\n" + missed + " of " + (seen + missed) + " claims were NOT seen.");
    return missed == 0 ? 0 : 1;
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
