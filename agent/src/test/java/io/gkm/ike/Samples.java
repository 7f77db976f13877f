package io.gkm.ike;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.GroupSaAttribute;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.ike.wire.WrappedKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings, requests and policies the tests share. */
final class Samples {
  static final InetAddress MEMBER = address(192, 0, 2, 10);
  static final InetAddress GCKS = address(192, 0, 2, 1);
  static final UdpPath PATH = UdpPath.of(MEMBER, GCKS, 500);
  static final UdpPath PATH_4500 = UdpPath.of(MEMBER, GCKS, 4500);
  static final Identification MEMBER_ID = Identification.parse("fqdn:gm1.example");
  static final Identification GCKS_ID = Identification.parse("fqdn:gcks.example");
  static final Identification VIDEO = Identification.parse("key-id:video");
  static final Identification AUDIO = Identification.parse("key-id:audio");
  static final byte[] PSK = "a pre-shared key".getBytes(StandardCharsets.US_ASCII);
  static final Octets ESP_SPI = Octets.ofHex("c0ffee01");
  static final byte[] TEK = new byte[36];

  /** Nothing happens of its own accord. */
  static final IkeOptions QUIET = new IkeOptions(576, 1280, Duration.ZERO, Duration.ZERO);

  private Samples() {}

  static InetAddress address(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static IkeSettings settings() {
    return settings(500, IkeProposals.standard());
  }

  static IkeSettings settings(int port, List<Proposal> proposals) {
    return new IkeSettings(
        MEMBER,
        GCKS,
        port,
        MEMBER_ID,
        GCKS_ID,
        new PreSharedKey(Secret.copyOf(PSK)),
        proposals,
        RetransmitPolicy.STANDARD,
        QUIET);
  }

  static IkeSettings settings(IkeOptions options) {
    return new IkeSettings(
        MEMBER,
        GCKS,
        500,
        MEMBER_ID,
        GCKS_ID,
        new PreSharedKey(Secret.copyOf(PSK)),
        IkeProposals.standard(),
        RetransmitPolicy.STANDARD,
        options);
  }

  static GroupRequest video() {
    Transform gcm = Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256);
    Transform sn = Transform.of(TransformType.SN, SnId.UNSPECIFIED_32);
    Proposal esp = new Proposal(1, ProtocolId.ESP, Octets.EMPTY, List.of(gcm, sn));
    return new GroupRequest(VIDEO, Optional.of(new SaPayload(List.of(esp))), 1);
  }

  static GroupRequest audio() {
    return new GroupRequest(AUDIO, Optional.empty(), 0);
  }

  static GsaPayload gsa() {
    return new GsaPayload(
        List.of(
            new GroupSaPolicy(
                ProtocolId.ESP,
                ESP_SPI,
                TrafficSelector.any(false, 17),
                TrafficSelector.single(address(239, 1, 1, 1), 17, 5000, 5000),
                List.of(
                    Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256),
                    Transform.of(TransformType.SN, SnId.UNSPECIFIED_32)),
                List.of(GroupSaAttribute.keyLifetime(3600)))));
  }

  static KdPayload kd(KeyWrap keyWrap) throws CryptoException {
    Octets wrapped = Octets.of(keyWrap.wrap(Secret.copyOf(TEK)));
    return new KdPayload(
        List.of(GroupKeyBag.of(ProtocolId.ESP, ESP_SPI, List.of(new WrappedKey(0, 0, wrapped)))));
  }
}
