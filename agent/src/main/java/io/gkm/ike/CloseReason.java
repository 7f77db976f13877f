package io.gkm.ike;

/** Why an IKE SA with a key server ended, or never came to be. */
public enum CloseReason {
  /** The GCKS refused our identity or our credentials. */
  AUTHENTICATION_FAILED,
  /** The peer's AUTH payload or its IDr is not the configured GCKS's: nothing it sent was used. */
  PEER_NOT_AUTHENTICATED,
  /** The GCKS accepts none of the offered algorithms; it may not speak G-IKEv2 at all. */
  NO_PROPOSAL_CHOSEN,
  /** No acceptable answer came in time. */
  TIMEOUT,
  /** One side could not parse an authenticated message of the other. */
  INVALID_SYNTAX,
  /** The GCKS sent something the protocol does not allow there, or another fatal error. */
  PROTOCOL_ERROR,
  /** The GCKS deleted the IKE SA. */
  DELETED_BY_PEER,
  /** We closed it to authenticate anew, as the GCKS demands from time to time. */
  REAUTHENTICATION,
  /** We closed it. */
  LOCAL
}
