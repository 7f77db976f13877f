package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRM_MSG_ACQUIRE (struct xfrm_user_acquire, 280 octets): a policy wants an SA that is not there:
 * destination(16), SPI(4, network order), protocol(1), pad(3), source(16), selector(56),
 * policy(168), and masks of algorithms of integrity(4), encryption(4), compression(4), sequence
 * number(4).
 *
 * @param flow the traffic that has none
 * @param policy with its templates
 * @param integrityAlgorithms as in {@link XfrmTemplate}
 * @param sequence names the acquire in the SA that answers it
 */
public record XfrmAcquire(
    InetAddress source,
    InetAddress destination,
    int spi,
    int protocol,
    XfrmSelector flow,
    XfrmPolicy policy,
    int integrityAlgorithms,
    int encryptionAlgorithms,
    int compressionAlgorithms,
    int sequence)
    implements XfrmMessage {
  public XfrmAcquire {
    XfrmAddresses.sameFamily("acquire", source, destination);
    XfrmRange.check("acquire protocol", protocol, 0xff);
  }

  static XfrmAcquire decode(StructReader in) throws NetlinkCodecException {
    byte[] daddr = XfrmAddresses.raw(in, "acquire daddr");
    int spi = in.be32("acquire spi");
    int protocol = in.u8("acquire proto");
    in.skip("acquire padding", 3);
    byte[] saddr = XfrmAddresses.raw(in, "acquire saddr");
    XfrmSelector flow = XfrmSelector.decode(in);
    XfrmPolicyInfo info = XfrmPolicyInfo.decode(in);
    int aalgos = in.s32("acquire aalgos");
    int ealgos = in.s32("acquire ealgos");
    int calgos = in.s32("acquire calgos");
    int sequence = in.s32("acquire seq");
    XfrmAttributes attributes = XfrmAttributes.decode(in, flow.family());
    return new XfrmAcquire(
        XfrmAddresses.decodeBare(saddr, family(flow, attributes)),
        XfrmAddresses.decodeBare(daddr, family(flow, attributes)),
        spi,
        protocol,
        flow,
        new XfrmPolicy(info, attributes),
        aalgos,
        ealgos,
        calgos,
        sequence);
  }

  /** The addresses are the template's, which need not be of the flow's family. */
  private static int family(XfrmSelector flow, XfrmAttributes attributes) {
    return attributes
        .find(XfrmTemplates.class)
        .filter(t -> !t.templates().isEmpty())
        .map(t -> XfrmAddresses.family(t.templates().get(0).destination()))
        .orElse(flow.family());
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.ACQUIRE;
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAddresses.encode(destination, out);
    out.be32(spi).u8(protocol).zeros(3);
    XfrmAddresses.encode(source, out);
    flow.encode(out);
    policy.info().encode(out);
    out.u32(integrityAlgorithms).u32(encryptionAlgorithms).u32(compressionAlgorithms);
    out.u32(sequence);
    policy.attributes().encode(out);
  }

  @Override
  public String operation() {
    return "acquire";
  }

  @Override
  public String object() {
    return XfrmSaId.of(destination, spi, protocol).from(source) + " for " + flow;
  }
}
