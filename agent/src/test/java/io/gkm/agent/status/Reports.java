package io.gkm.agent.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A status with one of everything, for tests. */
public final class Reports {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Reports() {}

  /** One group is registered, the other one is not. */
  public static StatusReport mixed() {
    return new StatusReport(
        "0.1.0",
        4711,
        NOW,
        NOW.minusSeconds(7205),
        "/etc/gkm/gkm.toml",
        new KernelReport(true, Optional.empty()),
        List.of(established(), unreachable()));
  }

  /** Everything is as it should be. */
  public static StatusReport good() {
    return new StatusReport(
        "0.1.0",
        4711,
        NOW,
        NOW.minusSeconds(7205),
        "/etc/gkm/gkm.toml",
        new KernelReport(true, Optional.empty()),
        List.of(established()));
  }

  /** The group is registered, but the kernel does not hold its keys. */
  public static StatusReport outOfStep() {
    return new StatusReport(
        "0.1.0",
        4711,
        NOW,
        NOW.minusSeconds(7205),
        "/etc/gkm/gkm.toml",
        new KernelReport(
            false, Optional.of(new ProblemReport("NEWSA: ENOSYS", NOW.minusSeconds(3)))),
        List.of(established()));
  }

  private static ControllerReport established() {
    SaReport sa =
        new SaReport(
            "0xc0ffee01",
            "ESP",
            "in+out",
            "ENCR_AES_GCM_16 256",
            "0.0.0.0/0 -> 239.1.1.1/32 udp/5000",
            0,
            NOW.minusSeconds(600),
            Optional.of(NOW.plusSeconds(3000)),
            Optional.of(new SaReport.Counters(12, 3456, 1, 2)));
    SaReport unlimited =
        new SaReport(
            "0x00000100",
            "ESP",
            "in",
            "ENCR_AES_CBC 128+AUTH_HMAC_SHA2_256_128",
            "10.0.0.1/32 -> 239.1.1.1/32 udp/5000",
            64,
            NOW.minusSeconds(90),
            Optional.empty(),
            Optional.empty());
    GroupReport video =
        new GroupReport(
            "video",
            "key-id:video",
            "both",
            "eth0",
            "registered",
            true,
            NOW.minusSeconds(600),
            Optional.empty(),
            Optional.of(NOW.plusSeconds(2400)),
            List.of("SA 0x00000101 is not used"),
            Optional.of(
                new RekeyReport(
                    "00112233445566778899aabbccddeeff",
                    "239.255.0.1:848",
                    Optional.of("192.0.2.1"),
                    "signature Ed25519",
                    7,
                    NOW.plusSeconds(3000),
                    6,
                    12)),
            List.of("0.0.0.0/0 -> 239.1.1.1/32 udp/5000"),
            List.of(sa, unlimited));
    IkeReport ike =
        new IkeReport(
            "established",
            "0x0102030405060708",
            "0x1112131415161718",
            Optional.of("ENCR_AES_GCM_16 256, PRF_HMAC_SHA2_256, CURVE25519, KW_5649_256"),
            "10.0.0.2:4500",
            "192.0.2.1:4500",
            "local",
            Optional.of(NOW.minusSeconds(7200)));
    return new ControllerReport(
        "hq",
        "192.0.2.1",
        "established",
        NOW.minusSeconds(7200),
        Optional.empty(),
        Optional.empty(),
        Optional.of(ike),
        List.of(video));
  }

  private static ControllerReport unreachable() {
    GroupReport audio =
        new GroupReport(
            "audio",
            "fqdn:audio.example",
            "receiver",
            "eth1",
            "waiting",
            false,
            NOW.minusSeconds(65),
            Optional.of(new ProblemReport("no answer", NOW.minusSeconds(5))),
            Optional.of(NOW.plusSeconds(25)),
            List.of(),
            Optional.empty(),
            List.of("0.0.0.0/0 -> 239.2.0.0/16"),
            List.of());
    return new ControllerReport(
        "branch",
        "2001:db8::1",
        "idle",
        NOW.minusSeconds(5),
        Optional.of(new ProblemReport("no answer", NOW.minusSeconds(5))),
        Optional.of(NOW.plusSeconds(25)),
        Optional.empty(),
        List.of(audio));
  }
}
