package io.gkm.ike;

import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Proposal;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * What an IKE SA with one key server address needs to know.
 *
 * @param localAddress our address, never the wildcard
 * @param remoteAddress the GCKS's address, of the same family
 * @param port where to begin, on both ends: 500 or 848, or 4500 to begin with NAT traversal's port
 * @param localId IDi
 * @param remoteId what the GCKS's IDr must be
 * @param authentication how both prove it
 * @param proposals offered in IKE_SA_INIT, see {@link IkeProposals#standard}
 * @param retransmit when to send again, when to give up
 * @param options where the protocol leaves a choice
 */
public record IkeSettings(
    InetAddress localAddress,
    InetAddress remoteAddress,
    int port,
    Identification localId,
    Identification remoteId,
    Authentication authentication,
    List<Proposal> proposals,
    RetransmitPolicy retransmit,
    IkeOptions options) {
  /** With {@link IkeOptions#STANDARD}. */
  public IkeSettings(
      InetAddress localAddress,
      InetAddress remoteAddress,
      int port,
      Identification localId,
      Identification remoteId,
      Authentication authentication,
      List<Proposal> proposals,
      RetransmitPolicy retransmit) {
    this(
        localAddress,
        remoteAddress,
        port,
        localId,
        remoteId,
        authentication,
        proposals,
        retransmit,
        IkeOptions.STANDARD);
  }

  /**
   * @throws IllegalArgumentException when addresses, port or proposals cannot be
   */
  public IkeSettings {
    Objects.requireNonNull(localId);
    Objects.requireNonNull(remoteId);
    Objects.requireNonNull(authentication);
    Objects.requireNonNull(retransmit);
    Objects.requireNonNull(options);
    if (localAddress.isAnyLocalAddress()
        || localAddress.getAddress().length != remoteAddress.getAddress().length) {
      throw new IllegalArgumentException(
          "no IKE SA from "
              + localAddress.getHostAddress()
              + " to "
              + remoteAddress.getHostAddress());
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not 1 to 65535");
    }
    proposals = List.copyOf(proposals);
    IkeProposals.check(proposals);
  }

  /** The same from another address of ours. */
  public IkeSettings from(InetAddress local) {
    return new IkeSettings(
        local,
        remoteAddress,
        port,
        localId,
        remoteId,
        authentication,
        proposals,
        retransmit,
        options);
  }

  /** The path of the first message. */
  UdpPath firstPath() {
    return UdpPath.of(localAddress, remoteAddress, port);
  }
}
