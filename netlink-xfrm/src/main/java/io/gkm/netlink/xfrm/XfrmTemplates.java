package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * XFRMA_TMPL, the SAs that a policy wants, in order: one struct xfrm_user_tmpl after the other, six
 * at most (XFRM_MAX_DEPTH). The kernel refuses the attribute without any: a policy that wants no SA
 * has no such attribute.
 */
public record XfrmTemplates(List<XfrmTemplate> templates) implements XfrmAttribute {
  private static final int MAX = 6;

  public XfrmTemplates {
    templates = List.copyOf(templates);
    XfrmRange.check("number of templates", templates.size(), MAX);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("no templates");
    }
  }

  static XfrmTemplates decode(StructReader in) throws NetlinkCodecException {
    List<XfrmTemplate> templates = new ArrayList<>();
    while (in.remaining() > 0) {
      templates.add(XfrmTemplate.decode(in));
    }
    return new XfrmTemplates(templates);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.TMPL.number();
  }

  @Override
  public void encode(StructWriter out) {
    for (XfrmTemplate template : templates) {
      template.encode(out);
    }
  }
}
