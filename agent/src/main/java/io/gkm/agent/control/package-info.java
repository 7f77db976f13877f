/**
 * The control socket: a Unix domain socket (unix(7)) that only root and the daemon's own user may
 * use, on which one line of JSON asks and one line of JSON answers.
 *
 * <p>The client side uses nothing but the JDK, so that {@code gkm status} starts fast.
 */
package io.gkm.agent.control;
