package io.gkm.dataplane;

/**
 * An SA of ours as the kernel holds it.
 *
 * @param reqid ties out-policies to it; marks it as ours
 * @param transportMode false: not one we can use
 * @param addTime when it was added, seconds since 1970 on the kernel's clock
 */
record KernelSa(
    SaSpec spec,
    int reqid,
    boolean transportMode,
    Lifetime lifetime,
    long addTime,
    long packets,
    long bytes) {}
