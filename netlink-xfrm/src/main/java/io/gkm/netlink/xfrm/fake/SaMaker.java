package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAttribute;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmAuth;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmCompression;
import io.gkm.netlink.xfrm.XfrmEncap;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmErrors;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmMark;
import io.gkm.netlink.xfrm.XfrmNumber;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaFlags;
import io.gkm.netlink.xfrm.XfrmSaInfo;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.Collections;
import java.util.Optional;

/** Makes of what was asked for the SA that the kernel keeps, and shows. */
final class SaMaker {
  private static final int MAX_SMALL_WINDOW = 32;

  private SaMaker() {}

  static XfrmSa make(XfrmSa request, long now) throws Refusal {
    SaRules.check(request);
    XfrmAttributes in = request.attributes();
    XfrmAttributes out = algorithms(request);
    XfrmSa made = new XfrmSa(info(request, now), withRest(in, out));
    SaRules.checkFamilies(made);
    checkEncapsulation(made);
    SaRules.checkWindow(made);
    return made;
  }

  private static XfrmSaInfo info(XfrmSa request, long now) {
    XfrmSaInfo info = request.info();
    XfrmUsage usage =
        request.attributes().find(XfrmUsage.class).orElse(new XfrmUsage(0, 0, now, 0));
    return new XfrmSaInfo(
        selector(request),
        info.source(),
        info.destination(),
        info.spi(),
        info.protocol(),
        info.lifetime(),
        usage,
        XfrmErrors.NONE,
        info.sequence(),
        info.reqid(),
        info.mode(),
        Math.min(info.replayWindow(), MAX_SMALL_WINDOW),
        info.flags());
  }

  /** One whose family was left open is of the SA's, unless it is to be open. */
  private static XfrmSelector selector(XfrmSa request) {
    XfrmSelector given = request.selector();
    if (given.family() != 0 || (request.flags() & XfrmSaFlags.UNSPECIFIED_FAMILY) != 0) {
      return given;
    }
    XfrmSelector any = XfrmSelector.any(request.source());
    return new XfrmSelector(
        any.family(),
        Prefixes.inFamily(given.source(), request.source()),
        given.sourcePrefix(),
        Prefixes.inFamily(given.destination(), request.source()),
        given.destinationPrefix(),
        given.sourcePort(),
        given.sourcePortMask(),
        given.destinationPort(),
        given.destinationPortMask(),
        given.protocol(),
        given.interfaceIndex(),
        given.user());
  }

  private static XfrmAttributes algorithms(XfrmSa request) throws Refusal {
    XfrmAttributes in = request.attributes();
    XfrmAttributes out = XfrmAttributes.NONE;
    Optional<XfrmAead> aead = in.find(XfrmAead.class);
    if (aead.isPresent()) {
      out = out.with(aead(aead.get()));
    }
    Optional<XfrmAuthTrunc> trunc = in.find(XfrmAuthTrunc.class);
    Optional<XfrmAuth> auth = in.find(XfrmAuth.class);
    if (trunc.isPresent()) {
      // The other one is not looked at, so its key is nobody's.
      auth.ifPresent(XfrmAuth::wipe);
      out = out.withAll(integrity(trunc.get().name(), trunc.get().key(), trunc.get().truncBits()));
    } else if (auth.isPresent()) {
      out = out.withAll(integrity(auth.get().name(), auth.get().key(), 0));
    }
    Optional<XfrmEncryption> encryption = in.find(XfrmEncryption.class);
    if (encryption.isPresent()) {
      out = out.with(encryption(encryption.get()));
    } else if (aead.isEmpty() && request.info().protocol() == XfrmProtocol.ESP) {
      throw new Refusal(Errno.EINVAL, "ESP without a cipher: ecb(cipher_null) is one");
    }
    Optional<XfrmCompression> compression = in.find(XfrmCompression.class);
    if (compression.isPresent()) {
      Algorithms.compression(compression.get().name());
      compression.get().wipe();
      XfrmKey none = XfrmKey.copyOf(new byte[0]);
      out = out.with(new XfrmCompression(compression.get().name(), none));
    }
    return out;
  }

  private static XfrmAead aead(XfrmAead given) throws Refusal {
    Algorithms.Cipher known = Algorithms.aead(given.name(), given.icvBits());
    Algorithms.checkKey(known.name(), known.keyOctets(), given.key().length());
    return given;
  }

  private static XfrmEncryption encryption(XfrmEncryption given) throws Refusal {
    Algorithms.Cipher known = Algorithms.cipher(given.name());
    Algorithms.checkKey(known.name(), known.keyOctets(), given.key().length());
    return new XfrmEncryption(known.name(), given.key());
  }

  /** The kernel shows integrity in both of its attributes. */
  private static XfrmAttributes integrity(String name, XfrmKey key, int bits) throws Refusal {
    Algorithms.Integrity known = Algorithms.integrity(name);
    if (bits > known.fullBits()) {
      throw new Refusal(Errno.EINVAL, known.name() + " has no ICV of " + bits + " bits");
    }
    Algorithms.checkKey(known.name(), known.keyOctets(), key.length());
    return XfrmAttributes.of(
        new XfrmAuth(known.name(), key),
        new XfrmAuthTrunc(known.name(), key, bits == 0 ? known.usualBits() : bits));
  }

  private static XfrmAttributes withRest(XfrmAttributes in, XfrmAttributes algorithms) {
    XfrmAttributes out = algorithms;
    Optional<XfrmEncap> encap = in.find(XfrmEncap.class);
    if (encap.isPresent()) {
      out = out.with(encap.get());
    }
    Optional<XfrmAttribute> careOf = in.find(XfrmAttributeType.COADDR);
    if (careOf.isPresent()) {
      out = out.with(careOf.get());
    }
    out = withNumber(in, XfrmAttributeType.SA_EXTRA_FLAGS, out);
    out = withNumber(in, XfrmAttributeType.TFCPAD, out);
    out = withNumber(in, XfrmAttributeType.IF_ID, out);
    out = withNumber(in, XfrmAttributeType.MTIMER_THRESH, out);
    return withReplay(in, withOutputMark(in, withMark(in, out)));
  }

  /** Numbers that are 0 say nothing, and are not shown. */
  private static XfrmAttributes withNumber(
      XfrmAttributes in, XfrmAttributeType type, XfrmAttributes out) {
    int value = in.number(type).orElse(0);
    return value == 0 ? out : out.with(number(type, value));
  }

  static XfrmNumber number(XfrmAttributeType type, int bits) {
    return new XfrmNumber(type, bits & 0xffffffffL);
  }

  private static XfrmAttributes withMark(XfrmAttributes in, XfrmAttributes out) {
    XfrmMark mark = Marks.masked(Marks.of(in));
    return mark.equals(XfrmMark.NONE) ? out : out.with(mark);
  }

  private static XfrmAttributes withOutputMark(XfrmAttributes in, XfrmAttributes out) {
    if (!in.has(XfrmAttributeType.SET_MARK)) {
      return out;
    }
    int value = in.number(XfrmAttributeType.SET_MARK).orElse(0);
    int mask = in.number(XfrmAttributeType.SET_MARK_MASK).orElse(-1);
    return value == 0 && mask == 0
        ? out
        : out.with(number(XfrmAttributeType.SET_MARK, value))
            .with(number(XfrmAttributeType.SET_MARK_MASK, mask));
  }

  private static XfrmAttributes withReplay(XfrmAttributes in, XfrmAttributes out) {
    Optional<XfrmReplayEsn> extended = in.find(XfrmReplayEsn.class);
    return extended.isPresent()
        ? out.with(withBitmap(extended.get()))
        : out.with(in.find(XfrmReplayState.class).orElse(new XfrmReplayState(0, 0, 0)));
  }

  /** With its bitmap, which may be left out in a request. */
  static XfrmReplayEsn withBitmap(XfrmReplayEsn replay) {
    return replay.bitmap().isEmpty()
        ? new XfrmReplayEsn(
            replay.words(),
            replay.outSequence(),
            replay.inSequence(),
            replay.window(),
            Collections.nCopies(replay.words(), 0))
        : replay;
  }

  private static void checkEncapsulation(XfrmSa made) throws Refusal {
    Optional<XfrmEncap> encap = made.attributes().find(XfrmEncap.class);
    if (encap.isPresent()) {
      int type = encap.get().type();
      boolean known = type == XfrmEncap.ESP_IN_UDP || type == XfrmEncap.ESP_IN_TCP;
      if (made.info().protocol() != XfrmProtocol.ESP || !known) {
        throw new Refusal(Errno.EINVAL, "encapsulation of type " + type + " is not supported");
      }
    }
  }
}
