package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Established;
import io.gkm.ike.IkeEffect.Ignored;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.EncryptedFragmentPayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.VendorIdPayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IKE fragmentation (RFC 7383) in whole exchanges. */
class FragmentationTest {
  private static final IkeOptions SMALL = new IkeOptions(160, 160);
  private static final NotifyPayload SUPPORTED =
      NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED);

  private static Conversation asked(boolean peerSupports) throws Exception {
    Conversation c =
        new Conversation(
            Samples.settings(SMALL), new ResponderTestPeer(Conversation.GCM, new Deterministic(2)));
    c.peer.fragmentation = peerSupports;
    c.start();
    assertThat(IkeMessage.decode(c.sent()).payloads()).contains(SUPPORTED);
    c.deliver(c.peer.init(c.sent()));
    return c;
  }

  private static List<byte[]> authFragments(Conversation c) throws Exception {
    List<Payload> payloads = new ArrayList<>(c.peer.identityAndAuth());
    payloads.add(Samples.gsa());
    payloads.add(Samples.kd(c.peer.keyWrap()));
    IkeHeader header =
        IkeHeader.of(c.peer.spiI, c.peer.spiR, ExchangeType.GSA_AUTH, false, true, 1);
    return c.peer.fragments(header, 50, payloads.toArray(new Payload[0]));
  }

  private static Conversation established() throws Exception {
    Conversation c = asked(true);
    c.deliver(c.peer.auth());
    c.only(Registered.class).answer().close();
    return c;
  }

  @Test
  void aLongRequestGoesInFragmentsWhenBothSupportThem() throws Exception {
    Conversation c = asked(true);
    List<byte[]> fragments = c.allSent();
    assertThat(fragments).hasSizeGreaterThan(1).allMatch(f -> f.length <= 160 - 32);
    assertThat(c.peer.openFragments(fragments).first(AuthPayload.class)).isPresent();
  }

  @Test
  void itGoesWholeWhenThePeerDoesNotOrWhenWeDoNot() throws Exception {
    assertThat(asked(false).sent().length).isGreaterThan(160);
    Conversation off =
        new Conversation(
            Samples.settings(new IkeOptions(0, 0)),
            new ResponderTestPeer(Conversation.GCM, new Deterministic(2)));
    off.peer.fragmentation = true;
    off.start();
    assertThat(IkeMessage.decode(off.sent()).payloads()).doesNotContain(SUPPORTED);
    off.deliver(off.peer.init(off.sent()));
    assertThat(off.sent().length).isGreaterThan(160);
  }

  @Test
  void allFragmentsAreSentAgainUnchanged() throws Exception {
    Conversation c = asked(true);
    List<byte[]> first = c.allSent();
    c.now = c.session.deadline().orElseThrow();
    c.keep(c.session.tick(c.now));
    assertThat(c.allSent()).usingElementComparator(Arrays::compare).isEqualTo(first);
  }

  @Test
  void anAnswerInFragmentsRegisters() throws Exception {
    Conversation c = asked(true);
    List<byte[]> fragments = authFragments(c);
    assertThat(fragments).hasSizeGreaterThan(3);
    byte[] last = fragments.remove(fragments.size() - 1);
    for (byte[] fragment : fragments) {
      c.deliver(fragment);
      assertThat(c.effects).isEmpty();
      c.deliver(fragment);
      c.assertIgnored();
    }
    // The timer still runs, and what has come counts after a retransmission.
    c.now = c.session.deadline().orElseThrow();
    c.keep(c.session.tick(c.now));
    assertThat(c.allSent()).hasSizeGreaterThan(1);
    c.deliver(last);
    assertThat(c.effects).hasAtLeastOneElementOfType(Established.class);
    c.only(Registered.class).answer().close();
    c.deliver(last);
    c.assertIgnored();
  }

  @Test
  void fragmentsOfAnotherAnswerAreNotCollected() throws Exception {
    Conversation c = asked(true);
    IkeHeader other = IkeHeader.of(c.peer.spiI, c.peer.spiR, ExchangeType.GSA_AUTH, false, true, 2);
    c.deliver(c.peer.fragment(other, 36, 1, 2, new byte[10]));
    c.assertIgnored();
    IkeHeader registration =
        IkeHeader.of(c.peer.spiI, c.peer.spiR, ExchangeType.GSA_REGISTRATION, false, true, 1);
    c.deliver(c.peer.fragment(registration, 36, 1, 2, new byte[10]));
    c.assertIgnored();
    for (byte[] fragment : authFragments(c)) {
      c.deliver(fragment);
    }
    c.only(Registered.class).answer().close();
  }

  @Test
  void aRequestInFragmentsIsAnsweredOnceWhenItIsWhole() throws Exception {
    Conversation c = established();
    VendorIdPayload vendor = new VendorIdPayload(Octets.of(new byte[200]));
    IkeHeader header = c.peer.requestHeader(ExchangeType.INFORMATIONAL, 0);
    List<byte[]> fragments = c.peer.fragments(header, 60, vendor);
    assertThat(fragments).hasSize(4);
    for (byte[] fragment : fragments.subList(0, 3)) {
      c.deliver(fragment);
      assertThat(c.effects).isEmpty();
    }
    c.deliver(fragments.get(3));
    byte[] answer = c.sent();
    assertThat(c.peer.open(answer).payloads()).isEmpty();
    // Asked once more: fragment 1 alone brings the answer again (RFC 7383 section 2.6.1).
    c.deliver(fragments.get(1));
    assertThat(c.effects).noneMatch(Send.class::isInstance);
    c.deliver(fragments.get(0));
    assertThat(c.sent()).isEqualTo(answer);
    // Also when the peer cut it anew or sends it whole.
    c.deliver(c.peer.fragments(header, 30, vendor).get(0));
    assertThat(c.sent()).isEqualTo(answer);
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 0, vendor));
    assertThat(c.sent()).isEqualTo(answer);
    byte[] forged = fragments.get(0).clone();
    forged[forged.length - 1] ^= 1;
    c.deliver(forged);
    assertThat(c.effects).singleElement().isInstanceOf(Ignored.class);
  }

  @Test
  void aRequestThatAssemblesToNonsenseEndsTheSa() throws Exception {
    Conversation c = established();
    IkeHeader header = c.peer.requestHeader(ExchangeType.INFORMATIONAL, 0);
    c.deliver(c.peer.fragment(header, 42, 1, 2, new byte[3]));
    c.deliver(c.peer.fragment(header, 0, 2, 2, new byte[] {9, 9, 9}));
    assertThat(c.peer.open(c.sent()).firstError().orElseThrow().notifyType())
        .isEqualTo(NotifyType.INVALID_SYNTAX);
    assertThat(c.only(IkeEffect.Closed.class).reason()).isEqualTo(CloseReason.INVALID_SYNTAX);
  }

  @Test
  void aFragmentInsideIsNoPayload() throws Exception {
    Conversation c = established();
    byte[] skf = c.peer.fragment(c.peer.requestHeader(37, 0), 0, 1, 1, new byte[0]);
    EncryptedFragmentPayload inside =
        IkeMessage.decode(skf).chain().required(EncryptedFragmentPayload.class);
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 0, inside));
    assertThat(c.only(IkeEffect.Closed.class).reason()).isEqualTo(CloseReason.INVALID_SYNTAX);
  }
}
