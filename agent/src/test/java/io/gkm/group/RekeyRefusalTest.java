package io.gkm.group;

import static io.gkm.group.TestSa.AES_CBC_256;
import static io.gkm.group.TestSa.AES_GCM_256;
import static io.gkm.group.TestSa.HMAC_SHA2_256;
import static io.gkm.group.TestSa.material;
import static io.gkm.group.TestSa.sn;
import static io.gkm.group.TestSa.transform;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to refuse a registration because of its Rekey SA. */
class RekeyRefusalTest {
  private static Arguments rekey(String reason, Consumer<TestSa> change) {
    TestSa sa = TestSa.rekey();
    change.accept(sa);
    return Arguments.of(reason, sa);
  }

  static Stream<Arguments> rekeySas() {
    byte[] kwa = transform(13, 3);
    byte[] implicit = transform(14, 1);
    return Stream.of(
        rekey(
            "one multicast address and one UDP port",
            s -> s.destination("192.0.2.9", "192.0.2.9", 17, 848, 848)),
        rekey(
            "one multicast address and one UDP port",
            s -> s.destination("239.255.0.1", "239.255.0.2", 17, 848, 848)),
        rekey(
            "one multicast address and one UDP port",
            s -> s.destination("239.255.0.1", "239.255.0.1", 17, 848, 849)),
        rekey(
            "one multicast address and one UDP port",
            s -> s.destination("239.255.0.1", "239.255.0.1", 6, 848, 848)),
        rekey(
            "one multicast address and one UDP port",
            s -> s.source("192.0.2.1", "192.0.2.1", 6, 848, 848)),
        rekey("ENCR transform 13", s -> s.transforms(transform(1, 13), kwa, implicit)),
        rekey(
            "ENCR transform 20 with 160 key bits is not supported",
            s ->
                s.transforms(
                    new byte[] {1, 0, 0, 20, (byte) 0x80, 14, 0, (byte) 160}, kwa, implicit)),
        rekey(
            "implicit IVs",
            s -> s.transforms(new byte[] {1, 0, 0, 30, (byte) 0x80, 14, 1, 0}, kwa, implicit)),
        rekey(
            "INTEG transform 12 is not possible with AES_GCM_16",
            s -> s.transforms(AES_GCM_256, HMAC_SHA2_256, kwa, implicit)),
        rekey(
            "INTEG transform 0 is not possible with AES_CBC",
            s -> s.transforms(AES_CBC_256, kwa, implicit)),
        rekey(
            "INTEG transform 2 is not possible",
            s -> s.transforms(AES_CBC_256, transform(3, 2), kwa, implicit)),
        rekey(
            "uses KW_ARX, which is experimental",
            s -> s.transforms(AES_GCM_256, transform(13, 4), implicit)),
        rekey("does not say how rekeys are authenticated", s -> s.transforms(AES_GCM_256, kwa)),
        rekey(
            "GCAUTH(3), which is not supported",
            s -> s.transforms(AES_GCM_256, kwa, transform(14, 3))),
        rekey(
            "(AUTH_KEY) is not there",
            s -> s.transforms(AES_GCM_256, kwa, new byte[] {14, 0, 0, 2, 0, 18, 0, 2, 5, 0})),
        rekey("a kind it must not have", s -> s.transforms(AES_GCM_256, kwa, implicit, sn(0))),
        rekey("the Rekey SA comes without keys", s -> s.bag = false),
        rekey("exactly one SA_KEY", s -> s.saKeys = 2),
        rekey("no key of this member opens its key, wrapped with [key 9]", s -> s.kwkId = 9),
        rekey("key material has 36 octets, the Rekey SA needs 68", s -> s.key(material(36, 1))),
        rekey("lifetime of 0 s", s -> s.lasting(0)),
        rekey("every SA needs a lifetime", TestSa::attributes));
  }

  @ParameterizedTest
  @MethodSource("rekeySas")
  void refusesARekeySa(String reason, TestSa rekey) {
    PolicyRefusalTest.refuses(Role.BOTH, TestAnswer.of(TestSa.esp(0x200), rekey), reason);
  }
}
