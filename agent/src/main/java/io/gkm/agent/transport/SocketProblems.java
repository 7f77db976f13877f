package io.gkm.agent.transport;

import io.gkm.group.AddressText;
import io.gkm.ike.UdpPath;
import java.net.InetSocketAddress;

/** Socket errors in words that help. */
final class SocketProblems {
  private SocketProblems() {}

  static TransportException opening(InetSocketAddress local, Throwable cause) {
    String socket = AddressText.of(local);
    String message = String.valueOf(cause.getMessage());
    String advice;
    if (message.contains("Address already in use")) {
      advice =
          "another program holds it, perhaps another IKE daemon (charon, pluto, iked); see who with"
              + " ss -lunp, then stop it or keep it off this address";
    } else if (message.contains("Cannot assign requested address")) {
      advice = "the address is not (or no longer) one of this host's";
    } else if (message.contains("Permission denied")) {
      advice = "ports below 1024 need root or CAP_NET_BIND_SERVICE";
    } else {
      advice = message;
    }
    return new TransportException("cannot listen on UDP " + socket + ": " + advice, cause);
  }

  static TransportException sending(UdpPath path, Throwable cause) {
    return new TransportException(
        "cannot send from UDP %s to %s: %s"
            .formatted(
                AddressText.of(path.local()), AddressText.of(path.remote()), cause.getMessage()),
        cause);
  }
}
