/**
 * Networks of namespaces, traffic, captures and a second view of the kernel, for tests, demo and
 * benchmarks.
 *
 * <p>A {@link io.gkm.lab.Lab} makes hosts (network namespaces) and bridges and removes them again.
 * A {@link io.gkm.lab.LabHost} runs commands and Java code inside its namespace; {@link
 * io.gkm.lab.Traffic}, {@link io.gkm.lab.MulticastReceiver}, {@link io.gkm.lab.Capture} and {@link
 * io.gkm.lab.KernelView} are what happens on one.
 *
 * <p>Everything here needs root and iproute2; captures need tcpdump. The view of the kernel is read
 * from iproute2's text on purpose: what our own netlink binding wrote is checked by something that
 * shares no code with it.
 */
package io.gkm.lab;
