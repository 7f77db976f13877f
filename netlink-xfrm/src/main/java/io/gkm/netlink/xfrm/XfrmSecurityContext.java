package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_SEC_CTX, the label of a Linux security module (struct xfrm_user_sec_ctx): length of all(2),
 * attribute type again(2), algorithm(1), domain of interpretation(1), length of the label(2),
 * label.
 *
 * @param algorithm XFRM_SC_ALG_*, 1 is SELinux
 * @param doi XFRM_SC_DOI_*, 1 is LSM
 * @param label one octet per character, with its closing zero where it has one
 */
public record XfrmSecurityContext(int algorithm, int doi, String label) implements XfrmAttribute {
  private static final int HEADER = 8;

  public XfrmSecurityContext {
    XfrmRange.check("security context algorithm", algorithm, 0xff);
    XfrmRange.check("security context doi", doi, 0xff);
    XfrmRange.check("security label length", label.length(), 0xffff - 2 * HEADER);
    for (int i = 0; i < label.length(); i++) {
      XfrmRange.check("security label character", label.charAt(i), 0xff);
    }
  }

  static XfrmSecurityContext decode(StructReader in) throws NetlinkCodecException {
    int length = in.u16("sec_ctx len");
    int type = in.u16("sec_ctx exttype");
    int algorithm = in.u8("ctx_alg");
    int doi = in.u8("ctx_doi");
    int labelLength = in.u16("ctx_len");
    if (length != HEADER + labelLength || type != XfrmAttributeType.SEC_CTX.number()) {
      throw in.malformed(
          "sec_ctx", "len " + length + " exttype " + type + " ctx_len " + labelLength);
    }
    return new XfrmSecurityContext(algorithm, doi, in.latin("ctx_str", labelLength));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.SEC_CTX.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u16(HEADER + label.length()).u16(attributeNumber()).u8(algorithm).u8(doi);
    out.u16(label.length()).text(label);
  }
}
