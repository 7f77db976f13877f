package io.gkm.group;

import io.gkm.group.MemberEvent.Level;
import io.gkm.ike.CloseReason;

/** Why an IKE SA could not be set up or broke, in words, and whether a person has to act. */
record ConnectionFailure(CloseReason reason, String detail) {

  /** Whether trying again soon is of little use. */
  boolean needsPerson() {
    return reason == CloseReason.AUTHENTICATION_FAILED
        || reason == CloseReason.PEER_NOT_AUTHENTICATED
        || reason == CloseReason.NO_PROPOSAL_CHOSEN;
  }

  Level level() {
    return needsPerson() ? Level.ERROR : Level.WARNING;
  }

  String what(String server) {
    String what =
        switch (reason) {
          case AUTHENTICATION_FAILED ->
              "key server " + server + " does not accept this host's identity or credential";
          case PEER_NOT_AUTHENTICATED -> server + " did not prove to be the key server";
          case NO_PROPOSAL_CHOSEN ->
              "key server "
                  + server
                  + " accepts none of the IKE algorithms offered (a server without G-IKEv2 answers"
                  + " this too)";
          case TIMEOUT -> "no answer from key server " + server;
          case INVALID_SYNTAX -> "key server " + server + " calls a message malformed";
          case PROTOCOL_ERROR -> "key server " + server + " broke the protocol";
          case DELETED_BY_PEER -> "key server " + server + " closed the IKE SA";
          case REAUTHENTICATION -> "key server " + server + " wants a new authentication";
          case LOCAL -> "the IKE SA with key server " + server + " was closed here";
        };
    return detail.isEmpty() ? what : what + " (" + detail + ")";
  }

  String advice() {
    return switch (reason) {
      case AUTHENTICATION_FAILED ->
          "check local-id and the auth table (pre-shared key, certificate) on both sides";
      case PEER_NOT_AUTHENTICATED ->
          "check remote-id and the auth table; if they are right, somebody else answers";
      case NO_PROPOSAL_CHOSEN ->
          "compare the key server's IKE proposal with what gkm offers, key wrap (KWA) included";
      case TIMEOUT -> "check address and port, and that UDP passes both ways";
      case INVALID_SYNTAX, PROTOCOL_ERROR -> "if it lasts, report it with a packet capture";
      case DELETED_BY_PEER, REAUTHENTICATION, LOCAL -> "";
    };
  }
}
