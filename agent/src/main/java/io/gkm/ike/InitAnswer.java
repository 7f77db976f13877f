package io.gkm.ike;

/** What a proper answer to IKE_SA_INIT amounts to. */
sealed interface InitAnswer {
  /** Ask again: the exchange's request has changed (a cookie, another key exchange method). */
  record AskAgain() implements InitAnswer {}

  /** The SA has keys; authentication follows. Others may be acceptable too. */
  record Accepted(InitResult result) implements InitAnswer {}
}
