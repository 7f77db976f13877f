package io.gkm.group;

/**
 * Policy or keys of a registration or rekey are not acceptable; the message says why, for people.
 */
class PolicyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyRefusedException(String reason) {
    super(reason);
  }

  PolicyRefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
