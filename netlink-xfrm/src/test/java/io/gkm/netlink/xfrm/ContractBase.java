package io.gkm.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gkm.netlink.Errno;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the rules of the kernel's databases are tested with, on a real kernel or another one. */
abstract class ContractBase {
  static final int SPI = 0xc0ffee01;
  static final InetAddress ANY = address("0.0.0.0");
  static final InetAddress GROUP = address("239.1.1.1");
  static final InetAddress OTHER = address("239.9.9.9");

  XfrmClient client;

  /** A client of the databases that are tested, which are empty. */
  abstract XfrmClient open() throws Exception;

  /** Listens to them. */
  abstract XfrmEvents listen(Consumer<XfrmEvent> listener) throws Exception;

  /** Lets time pass. */
  abstract void pass(Duration time) throws Exception;

  /** Takes back what open did. */
  abstract void cleanUp() throws Exception;

  @BeforeEach
  void openClient() throws Exception {
    client = open();
  }

  @AfterEach
  void closeClient() throws Exception {
    client.close();
    cleanUp();
  }

  /** Listens, and gives what was heard, in order. */
  final class Heard implements AutoCloseable {
    private final BlockingQueue<XfrmEvent> events = new LinkedBlockingQueue<>();
    private final XfrmEvents source;

    Heard() throws Exception {
      source = listen(events::add);
    }

    <T extends XfrmEvent> T next(Class<T> type) throws Exception {
      XfrmEvent event = events.poll(20, TimeUnit.SECONDS);
      assertThat(event).isInstanceOf(type);
      return type.cast(event);
    }

    /** Nothing was heard before this, which is done now to tell. */
    void nothingMore() throws Exception {
      client.setDefaults(XfrmDefaults.UNSPECIFIED);
      next(XfrmGetDefault.class);
    }

    @Override
    public void close() {
      source.close();
    }
  }

  static void assertRefused(int errno, ThrowingCallable request) {
    assertThatCode(request)
        .isInstanceOfSatisfying(
            XfrmException.class,
            e -> assertThat(Errno.name(e.errno())).isEqualTo(Errno.name(errno)));
  }

  static XfrmSaBuilder bare() {
    return XfrmSa.builder(ANY, GROUP, SPI).reqid(77);
  }

  static XfrmSaBuilder esp() {
    return bare().aead(gcm(20));
  }

  static XfrmAead gcm(int keyOctets) {
    return new XfrmAead("rfc4106(gcm(aes))", key(keyOctets), 128);
  }

  static XfrmAuthTrunc sha256() {
    return new XfrmAuthTrunc("hmac(sha256)", key(32), 128);
  }

  static XfrmEncryption aes() {
    return new XfrmEncryption("cbc(aes)", key(32));
  }

  static XfrmKey key(int octets) {
    byte[] bytes = new byte[octets];
    for (int i = 0; i < octets; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return XfrmKey.copyOf(bytes);
  }

  static XfrmSaBuilder esp(InetAddress destination, int spi) {
    return XfrmSa.builder(ANY, destination, spi).aead(gcm(20));
  }

  static XfrmSelector to(String destination, int prefix) {
    return XfrmSelector.of(ANY, 0, address(destination), prefix);
  }

  static XfrmPolicyId out(XfrmSelector selector) {
    return XfrmPolicyId.of(selector, XfrmDirection.OUT);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
