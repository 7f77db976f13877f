package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.EncrAlgorithm;
import io.gkm.ike.crypto.IntegAlgorithm;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReassemblerTest {
  private static final byte[] INNER = new byte[1000];

  private Reassembler reassembler = new Reassembler();
  private SkCipher sealer;
  private SkCipher opener;

  @BeforeEach
  void ciphers() throws CryptoException {
    new Random(5).nextBytes(INNER);
    sealer = gcm();
    opener = gcm();
  }

  private static SkCipher gcm() throws CryptoException {
    Secret key = Secret.copyOf(new byte[36]);
    Secret none = Secret.copyOf(new byte[0]);
    return SkCipher.of(
        EncrAlgorithm.AES_GCM_16, IntegAlgorithm.NONE, key, none, new Deterministic(1));
  }

  private static SkCipher cbc() throws CryptoException {
    Secret key = Secret.copyOf(new byte[32]);
    return SkCipher.of(
        EncrAlgorithm.AES_CBC,
        IntegAlgorithm.HMAC_SHA2_256_128,
        key,
        Secret.copyOf(new byte[32]),
        new Deterministic(2));
  }

  private static IkeHeader header(long messageId) {
    return IkeHeader.of(1, 2, ExchangeType.GSA_AUTH, false, true, messageId);
  }

  private byte[] fragment(long id, int number, int total, byte[] share) throws CryptoException {
    return fragment(id, number, total, number == 1 ? 36 : 0, 0, share);
  }

  private byte[] fragment(long id, int number, int total, int type, int flags, byte[] share)
      throws CryptoException {
    ByteWriter prefix = new ByteWriter();
    header(id).with(PayloadType.SKF, 0).encode(prefix);
    PayloadChain.header(prefix, type, flags, 0);
    prefix.u16(number).u16(total);
    return sealer.seal(prefix.toByteArray(), IkeHeader.LENGTH, share);
  }

  private Optional<Opened> add(byte[] fragment) throws IgnoredMessageException {
    try {
      return reassembler.add(IkeMessage.decode(fragment), fragment, opener::openFragment);
    } catch (WireException e) {
      throw new IgnoredMessageException("malformed", e);
    }
  }

  private void assertIgnored(byte[] fragment, String why) {
    assertThatThrownBy(() -> add(fragment))
        .isInstanceOf(IgnoredMessageException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anyOrderGivesTheMessageOnce() throws Exception {
    List<byte[]> fragments =
        new MessageSealer(sealer, 300).seal(header(4), PayloadType.IDR, 0, INNER);
    assertThat(fragments).hasSizeGreaterThan(3).allMatch(f -> f.length <= 300);
    for (int seed = 0; seed < 20; seed++) {
      List<byte[]> shuffled = new ArrayList<>(fragments);
      Collections.shuffle(shuffled, new Random(seed));
      for (byte[] fragment : shuffled.subList(1, shuffled.size())) {
        assertThat(add(fragment)).isEmpty();
      }
      Opened opened = add(shuffled.get(0)).orElseThrow();
      assertThat(opened.inner()).isEqualTo(Octets.of(INNER));
      assertThat(opened.firstType()).isEqualTo(PayloadType.IDR);
      reassembler.clear();
    }
  }

  @Test
  void noMessageIsLongerThanAllowedAndEveryOneComesBack() throws Exception {
    for (int kind = 0; kind < 2; kind++) {
      sealer = kind == 0 ? gcm() : cbc();
      opener = kind == 0 ? gcm() : cbc();
      for (int max = 150; max < 190; max++) {
        for (int length = 0; length < 400; length += 7) {
          byte[] inner = Arrays.copyOf(INNER, length);
          List<byte[]> messages = new MessageSealer(sealer, max).seal(header(1), 36, 0, inner);
          int most = max;
          assertThat(messages).allMatch(m -> m.length <= most);
          if (messages.size() == 1) {
            assertThat(opener.open(messages.get(0), IkeHeader.LENGTH)).isEqualTo(inner);
            continue;
          }
          Optional<Opened> whole = Optional.empty();
          for (byte[] message : messages) {
            assertThat(whole).isEmpty();
            whole = add(message);
          }
          assertThat(whole.orElseThrow().inner()).isEqualTo(Octets.of(inner));
          reassembler.clear();
        }
      }
    }
  }

  @Test
  void whatCannotBeSentIsSaid() throws Exception {
    MessageSealer tiny = new MessageSealer(sealer, 60);
    assertThatThrownBy(() -> tiny.seal(header(1), 36, 0, INNER))
        .isInstanceOf(CryptoException.class);
    MessageSealer small = new MessageSealer(sealer, 100);
    assertThatThrownBy(() -> small.seal(header(1), 36, 0, new byte[60_000]))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void aDuplicateChangesNothing() throws Exception {
    byte[] first = fragment(1, 1, 2, new byte[] {1});
    add(first);
    assertIgnored(first, "here already");
    assertIgnored(fragment(1, 1, 2, new byte[] {9}), "here already");
    assertThat(add(fragment(1, 2, 2, new byte[] {2})).orElseThrow().inner())
        .isEqualTo(Octets.of((byte) 1, (byte) 2));
  }

  @Test
  void aForgedFragmentIsNotKept() throws Exception {
    add(fragment(1, 1, 2, new byte[] {1}));
    byte[] second = fragment(1, 2, 2, new byte[] {2});
    for (int at = IkeHeader.LENGTH + 8; at < second.length; at++) {
      byte[] wrong = second.clone();
      wrong[at] ^= 1;
      assertIgnored(wrong, "not authentic");
    }
    // A forged larger total does not throw away what is here.
    byte[] larger = second.clone();
    larger[IkeHeader.LENGTH + 7] = 5;
    assertIgnored(larger, "not authentic");
    assertThat(add(second)).isPresent();
  }

  @Test
  void aLargerTotalStartsOverAndASmallerOneIsObsolete() throws Exception {
    add(fragment(1, 1, 2, new byte[] {1}));
    add(fragment(1, 3, 3, new byte[] {3}));
    assertIgnored(fragment(1, 2, 2, new byte[] {9}), "collected is one in 3");
    add(fragment(1, 2, 3, new byte[] {2}));
    assertThat(add(fragment(1, 1, 3, new byte[] {1})).orElseThrow().inner())
        .isEqualTo(Octets.of((byte) 1, (byte) 2, (byte) 3));
  }

  @Test
  void whereOneMessageIsAwaitedAnotherTakesItsPlace() throws Exception {
    add(fragment(7, 1, 2, new byte[] {1}));
    add(fragment(8, 1, 2, new byte[] {3}));
    assertThat(add(fragment(7, 2, 2, new byte[] {2}))).isEmpty();
    assertThat(add(fragment(7, 1, 2, new byte[] {1})).orElseThrow().inner())
        .isEqualTo(Octets.of((byte) 1, (byte) 2));
  }

  @Test
  void aFragmentWithALargeIdDoesNotStopOthers() throws Exception {
    reassembler = new Reassembler(4);
    add(fragment(7, 1, 2, new byte[] {1}));
    add(fragment(8, 1, 2, new byte[] {3}));
    add(fragment(0xffff_ffffL, 1, 2, new byte[] {9}));
    assertThat(add(fragment(7, 2, 2, new byte[] {2})).orElseThrow().inner())
        .isEqualTo(Octets.of((byte) 1, (byte) 2));
    assertThat(add(fragment(8, 2, 2, new byte[] {4}))).isPresent();
    // Too many at once: the one goes that was not heard of for longest.
    add(fragment(20, 1, 2, new byte[] {5}));
    add(fragment(21, 1, 3, new byte[] {5}));
    add(fragment(22, 1, 2, new byte[] {5}));
    add(fragment(21, 2, 3, new byte[] {5}));
    add(fragment(23, 1, 2, new byte[] {5}));
    assertThat(add(fragment(20, 2, 2, new byte[] {6}))).isPresent();
    add(fragment(24, 1, 2, new byte[] {5}));
    add(fragment(25, 1, 2, new byte[] {5}));
    assertThat(add(fragment(22, 2, 2, new byte[] {6}))).as("gone").isEmpty();
  }

  @Test
  void absurdNumbersAreRefused() throws Exception {
    assertIgnored(fragment(1, 1, 257, new byte[] {1}), "at most 256");
    assertIgnored(fragment(1, 65535, 65535, new byte[] {1}), "at most 256");
    assertIgnored(fragment(1, 0, 2, new byte[] {1}), "malformed");
    assertIgnored(fragment(1, 3, 2, new byte[] {1}), "malformed");
    assertIgnored(fragment(1, 0, 0, new byte[] {1}), "malformed");
  }

  @Test
  void cutAnywhereItIsRefused() throws Exception {
    byte[] fragment = fragment(1, 1, 2, Arrays.copyOf(INNER, 20));
    for (int length = 0; length < fragment.length; length++) {
      byte[] cut = Arrays.copyOf(fragment, length);
      assertThatThrownBy(() -> add(cut)).isInstanceOf(IgnoredMessageException.class);
      if (length >= IkeHeader.LENGTH + 8) {
        // Also when the lengths are made to fit.
        cut[IkeHeader.LENGTH - 1] = (byte) length;
        cut[IkeHeader.LENGTH + 3] = (byte) (length - IkeHeader.LENGTH);
        assertThatThrownBy(() -> add(cut)).isInstanceOf(IgnoredMessageException.class);
      }
    }
    assertThat(add(fragment)).isEmpty();
  }

  @Test
  void noMoreThanAMessageCanHoldIsCollected() throws Exception {
    byte[] share = new byte[60_000];
    add(fragment(1, 1, 3, share));
    assertIgnored(fragment(1, 2, 3, share), "exceeds 65535");
    // Nothing of it stays.
    for (int number : List.of(1, 2)) {
      assertThat(add(fragment(1, number, 3, new byte[1]))).isEmpty();
    }
    assertThat(add(fragment(1, 3, 3, new byte[1])).orElseThrow().inner().size()).isEqualTo(3);
  }

  @Test
  @Tag("GM-20")
  void theHeadersAreThoseOfFragmentOne() throws Exception {
    add(fragment(9, 2, 2, 0, 0x55, new byte[] {2}));
    Opened opened = add(fragment(9, 1, 2, 51, 0x2a, new byte[] {1})).orElseThrow();
    ByteWriter front = new ByteWriter();
    header(9).with(PayloadType.SK, 0).encode(front);
    front.u8(51).u8(0x2a).u16(4);
    assertThat(opened.clear()).isEqualTo(front.toOctets());
  }

  @Test
  void randomHistoriesNeverMixMessages() throws Exception {
    Random random = new Random(77);
    for (int run = 0; run < 200; run++) {
      reassembler = new Reassembler(1 + run % 3);
      int total = 2 + random.nextInt(5);
      List<byte[]> pool =
          IntStream.rangeClosed(1, 3)
              .boxed()
              .flatMap(
                  id ->
                      IntStream.rangeClosed(1, total)
                          .mapToObj(n -> unchecked(id, n, total, (byte) (int) id)))
              .toList();
      for (int i = 0; i < 40; i++) {
        try {
          add(pool.get(random.nextInt(pool.size())))
              .ifPresent(
                  o -> {
                    byte[] got = o.inner().toByteArray();
                    byte[] same = new byte[total];
                    Arrays.fill(same, got[0]);
                    assertThat(got).isEqualTo(same);
                  });
        } catch (IgnoredMessageException e) {
          assertThat(e.getMessage()).contains("here already");
        }
      }
    }
  }

  private byte[] unchecked(long id, int number, int total, byte content) {
    try {
      return fragment(id, number, total, new byte[] {content});
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }
}
