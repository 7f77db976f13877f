package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.xfrm.XfrmAe;
import io.gkm.netlink.xfrm.XfrmAttribute;
import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmAttributes;
import io.gkm.netlink.xfrm.XfrmGroup;
import io.gkm.netlink.xfrm.XfrmNewAe;
import io.gkm.netlink.xfrm.XfrmReplayEsn;
import io.gkm.netlink.xfrm.XfrmReplayState;
import io.gkm.netlink.xfrm.XfrmUsage;
import java.util.List;
import java.util.Optional;

/** XFRM_MSG_GETAE and XFRM_MSG_NEWAE: sequence numbers and counters of SAs. */
final class AeRequests {
  private static final int NLM_F_REPLACE = 0x100;
  private static final int BITS_OF_WORD = 32;

  private static final List<XfrmAttributeType> CHANGES =
      List.of(
          XfrmAttributeType.LTIME_VAL,
          XfrmAttributeType.REPLAY_VAL,
          XfrmAttributeType.REPLAY_ESN_VAL,
          XfrmAttributeType.ETIMER_THRESH,
          XfrmAttributeType.REPLAY_THRESH);

  private final Sad sad;
  private final Multicast multicast;

  AeRequests(Sad sad, Multicast multicast) {
    this.sad = sad;
    this.multicast = multicast;
  }

  XfrmNewAe get(XfrmAe request) throws Refusal {
    return new XfrmNewAe(shown(find(request), request.flags()));
  }

  void set(XfrmAe request, NetlinkMessage header, Origin origin) throws Refusal {
    XfrmAttributes changes = request.attributes();
    if (CHANGES.stream().noneMatch(changes::has) || !header.has(NLM_F_REPLACE)) {
      throw new Refusal(Errno.EINVAL);
    }
    SaState state = find(request);
    Optional<XfrmReplayEsn> before = state.sa().attributes().find(XfrmReplayEsn.class);
    Optional<XfrmReplayEsn> after = changes.find(XfrmReplayEsn.class);
    if (state.life() != SaState.Life.VALID) {
      throw new Refusal(Errno.EINVAL);
    }
    if (before.isPresent() && after.isPresent()) {
      checkSame(before.get(), after.get());
      state.attribute(after.get());
    }
    Optional<XfrmReplayState> small = changes.find(XfrmReplayState.class);
    if (small.isPresent() && before.isEmpty()) {
      state.attribute(small.get());
    }
    changes.find(XfrmUsage.class).ifPresent(state::usage);
    state.thresholds(changes);
    XfrmNewAe event = new XfrmNewAe(shown(state, XfrmAe.CAUSE_UPDATE));
    multicast.tell(XfrmGroup.AEVENTS, event, origin);
  }

  /** The bitmap must be there, as large as it is. */
  private static void checkSame(XfrmReplayEsn before, XfrmReplayEsn after) throws Refusal {
    if (after.words() != before.words()
        || after.bitmap().size() != after.words()
        || after.window() > after.words() * BITS_OF_WORD) {
      throw new Refusal(Errno.EINVAL);
    }
  }

  private SaState find(XfrmAe request) throws Refusal {
    return sad.find(request.id()).orElseThrow(() -> new Refusal(Errno.ESRCH));
  }

  private static XfrmAe shown(SaState state, int flags) {
    XfrmAttributes attributes = XfrmAttributes.of(state.usage());
    for (XfrmAttribute attribute : state.sa().attributes().all()) {
      if (attribute instanceof XfrmReplayState
          || attribute instanceof XfrmReplayEsn
          || attribute.attributeNumber() == XfrmAttributeType.IF_ID.number()) {
        attributes = attributes.with(attribute);
      }
    }
    if ((flags & XfrmAe.REPLAY_THRESHOLD) != 0) {
      attributes =
          attributes.with(SaMaker.number(XfrmAttributeType.REPLAY_THRESH, state.replayThreshold()));
    }
    if ((flags & XfrmAe.TIMER_THRESHOLD) != 0) {
      attributes =
          attributes.with(SaMaker.number(XfrmAttributeType.ETIMER_THRESH, state.timerThreshold()));
    }
    return new XfrmAe(
        state.sa().id(), state.sa().source(), flags, state.info().reqid(), attributes);
  }
}
