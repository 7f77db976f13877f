package io.gkm.group;

/**
 * None of this member's keys leads to the key of the Rekey SA: in a rekey that says that the GCKS
 * has excluded it (RFC 9838 section 3.3).
 */
final class NoKeyPathException extends PolicyRefusedException {
  private static final long serialVersionUID = 1L;

  NoKeyPathException(String message) {
    super(message);
  }
}
