package io.gkm.ike;

/** What the answer to our request to rekey the IKE SA amounts to. */
public sealed interface SaRekeyOutcome {
  /** There is a new IKE SA; the receiver owns its keys. */
  record Made(RekeyedSa sa) implements SaRekeyOutcome {}

  /** The peer wants another of the offered key exchange methods: ask anew with it. */
  record OtherMethod(int method) implements SaRekeyOutcome {}

  /**
   * The peer does not do it now.
   *
   * @param notifyType its error, such as TEMPORARY_FAILURE(43)
   */
  record Refused(int notifyType) implements SaRekeyOutcome {}
}
