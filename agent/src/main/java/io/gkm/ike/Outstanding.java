package io.gkm.ike;

import io.gkm.ike.wire.Octets;

/**
 * A request of ours that has no answer yet. It is sent again octet by octet: an SK payload is never
 * sealed twice under one message id.
 *
 * @param exchangeType of its header
 * @param messageId of its header
 * @param message the IKE message, without non-ESP marker
 * @param retransmitter its timer
 */
record Outstanding(int exchangeType, long messageId, Octets message, Retransmitter retransmitter) {}
