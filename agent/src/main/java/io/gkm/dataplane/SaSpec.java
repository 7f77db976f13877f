package io.gkm.dataplane;

/**
 * The part of an SA that never changes while it lives: equal means the same SA. Transport mode,
 * source address any.
 *
 * @param selector what may come out of it: more is dropped by the kernel on arrival
 * @param replayWindow packets, 0 for none
 */
record SaSpec(
    SaId id,
    KernelSelector selector,
    SaAlgorithms algorithms,
    int replayWindow,
    SaDirection direction) {}
