package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.ArrayList;
import java.util.List;

/** XFRMA_MIGRATE: one struct xfrm_user_migrate after the other, six at most (XFRM_MAX_DEPTH). */
public record XfrmMigrations(List<XfrmMigration> migrations) implements XfrmAttribute {
  private static final int MAX = 6;

  public XfrmMigrations {
    migrations = List.copyOf(migrations);
    XfrmRange.check("number of migrations", migrations.size(), MAX);
  }

  static XfrmMigrations decode(StructReader in) throws NetlinkCodecException {
    List<XfrmMigration> migrations = new ArrayList<>();
    while (in.remaining() > 0) {
      migrations.add(XfrmMigration.decode(in));
    }
    return new XfrmMigrations(migrations);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.MIGRATE.number();
  }

  @Override
  public void encode(StructWriter out) {
    for (XfrmMigration migration : migrations) {
      migration.encode(out);
    }
  }
}
