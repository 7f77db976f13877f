package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.Moment;
import io.gkm.ike.ProtectedSa;
import io.gkm.ike.SaSpis;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lab key server without sockets and clock: datagrams in, datagrams out. Messages that do not
 * belong to an exchange it knows are dropped and logged.
 */
public final class KeyServer {
  private static final int NAT_TRAVERSAL = 4500;
  private static final int MARKER = 4;

  private final ControllerSettings settings;
  private final SecureRandom random;
  private final InitResponder init;
  private final Groups groups;
  private final Map<Long, Peer> peers = new HashMap<>();

  /** One IKE SA with what it was begun by. */
  private record Peer(
      ProtectedSa protection,
      ResponderSa sa,
      MemberExchanges exchanges,
      Octets initRequest,
      Octets initResponse) {}

  /**
   * @param log gets one line for each thing that happened
   */
  public KeyServer(ControllerSettings settings, SecureRandom random, Consumer<String> log) {
    this.settings = settings;
    this.random = random;
    this.init = new InitResponder(settings, random);
    this.groups = new Groups(settings.groups(), random, log);
  }

  /** The keys that registrations get now; for comparison with what the members' kernels hold. */
  public List<HandedOut> handedOut(Moment now) throws CryptoException {
    return HandedOut.of(groups.served(), now);
  }

  /** Handles one datagram; gives what is to be sent. */
  public List<Datagram> receive(Moment now, UdpPath path, byte[] datagram) {
    try {
      Optional<byte[]> message = unframe(path, datagram);
      if (message.isEmpty()) {
        return List.of();
      }
      IkeMessage request = IkeMessage.decode(message.get());
      List<byte[]> response = answer(now, path, message.get(), request);
      return response.stream()
          .map(octets -> new Datagram(path, Octets.of(frame(path, octets))))
          .toList();
    } catch (WireException | IgnoredMessageException | CryptoException e) {
      groups.log("dropped a message from %s: %s".formatted(path.remote(), e.getMessage()));
      return List.of();
    }
  }

  private List<byte[]> answer(Moment now, UdpPath path, byte[] octets, IkeMessage request)
      throws WireException, IgnoredMessageException, CryptoException {
    IkeHeader header = request.header();
    if (header.response() || !header.initiator()) {
      return List.of();
    }
    if (header.exchangeType() == ExchangeType.IKE_SA_INIT) {
      return header.messageId() == 0 && header.spiR() == 0
          ? List.of(begin(path, octets, request))
          : List.of();
    }
    Peer peer = peers.get(header.spiR());
    if (peer == null || peer.protection().spis().initiator() != header.spiI()) {
      return List.of();
    }
    List<byte[]> response = peer.sa().receive(now, octets, request, peer.exchanges());
    if (peer.sa().isClosed()) {
      peers.remove(header.spiR());
      peer.protection().close();
    }
    return response;
  }

  private byte[] begin(UdpPath path, byte[] octets, IkeMessage request)
      throws WireException, CryptoException {
    for (Peer peer : peers.values()) {
      if (peer.initRequest().equals(Octets.of(octets))) {
        return peer.initResponse().toByteArray();
      }
    }
    InitResponder.Answer answer = init.answer(path, request);
    if (answer.started().isPresent()) {
      InitResponder.Started started = answer.started().get();
      MemberExchanges exchanges =
          new MemberExchanges(settings, groups, started, Octets.of(octets), answer.message());
      ProtectedSa protection =
          new ProtectedSa(
              new SaSpis(started.spiI(), started.spiR()),
              false,
              started.keys(),
              IkeOptions.STANDARD.maxMessage(settings.address(), started.fragmentation()),
              random);
      peers.put(
          started.spiR(),
          new Peer(
              protection,
              new ResponderSa(protection, 1),
              exchanges,
              Octets.of(octets),
              answer.message()));
    }
    return answer.message().toByteArray();
  }

  private static Optional<byte[]> unframe(UdpPath path, byte[] datagram) {
    if (path.local().getPort() != NAT_TRAVERSAL) {
      return Optional.of(datagram);
    }
    boolean marked =
        datagram.length > MARKER && Arrays.equals(datagram, 0, MARKER, new byte[MARKER], 0, MARKER);
    return marked
        ? Optional.of(Arrays.copyOfRange(datagram, MARKER, datagram.length))
        : Optional.empty();
  }

  private static byte[] frame(UdpPath path, byte[] message) {
    if (path.local().getPort() != NAT_TRAVERSAL) {
      return message;
    }
    byte[] datagram = new byte[MARKER + message.length];
    System.arraycopy(message, 0, datagram, MARKER, message.length);
    return datagram;
  }
}
