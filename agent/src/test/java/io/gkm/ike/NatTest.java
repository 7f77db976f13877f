package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Send;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** NAT detection, the change to port 4500 and keepalives (RFC 7296 section 2.23). */
class NatTest {
  private static final InetSocketAddress ELSEWHERE =
      new InetSocketAddress(Samples.address(203, 0, 113, 7), 40000);

  @Test
  void withoutNatThePortStays() throws Exception {
    Conversation c = new Conversation();
    c.start();
    c.deliver(c.peer.init(c.sent()));
    assertThat(c.only(Send.class).path()).isEqualTo(Samples.PATH);
    assertThat(c.session.info().nat().found()).isFalse();
  }

  @Test
  @Tag("GM-1")
  void behindANatTheMemberFloatsAndKeepsTheMappingAlive() throws Exception {
    Conversation c = new Conversation();
    c.peer.seenMember = ELSEWHERE;
    floatAndRegister(c);
    c.now = c.session.deadline().orElseThrow();
    c.keep(c.session.tick(c.now));
    Send keepalive = c.only(Send.class);
    assertThat(keepalive.datagram()).containsExactly(0xff);
    assertThat(keepalive.path()).isEqualTo(Samples.PATH_4500);
    assertThat(c.now.until(c.session.deadline().orElseThrow())).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aKeyServerBehindANatIsFollowedToPort4500WithoutKeepalives() throws Exception {
    Conversation c = new Conversation();
    c.peer.seenSelf = ELSEWHERE;
    floatAndRegister(c);
    assertThat(c.session.deadline()).isEmpty();
  }

  private static void floatAndRegister(Conversation c) throws Exception {
    c.start();
    c.deliver(c.peer.init(c.sent()));
    Send auth = c.only(Send.class);
    assertThat(auth.path()).isEqualTo(Samples.PATH_4500);
    assertThat(auth.datagram()).startsWith(0, 0, 0, 0);
    assertThat(c.session.info().nat().found()).isTrue();
    c.peer.open(c.sent());
    c.path = Samples.PATH_4500;
    c.deliver(c.peer.auth());
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.ESTABLISHED);
  }
}
