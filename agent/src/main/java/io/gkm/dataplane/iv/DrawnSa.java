package io.gkm.dataplane.iv;

import io.gkm.netlink.xfrm.XfrmSaId;
import java.time.Duration;

/**
 * An SA in the kernel all of whose IVs begin with a Sender-ID: nothing was sent with it yet, and
 * after {@link KernelIvs#HARD_PACKETS} packets the kernel ends it. As long as it lives the kernel
 * keeps the IVs' mask; one that is deleted, flushed or migrated (XFRM_MSG_MIGRATE makes a new mask)
 * is lost, and may not be made again with the same key and Sender-ID.
 *
 * @param tries how many SAs were added until it was this one
 * @param elapsed the time that took
 */
public record DrawnSa(
    XfrmSaId id, SenderId senderId, KernelIvs ivs, long tries, Duration elapsed) {}
