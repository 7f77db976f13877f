/**
 * The running daemon: one event loop thread that owns the members of all key servers (RFC 9838),
 * their timers and sockets, and one kernel thread that owns the data plane.
 *
 * <p>The order that keeps it fail closed: the guards of all groups stand in the kernel before the
 * first IKE message is sent, and what was installed is removed after the groups were left.
 */
package io.gkm.agent;
