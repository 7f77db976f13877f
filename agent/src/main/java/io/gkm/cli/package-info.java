/**
 * The {@code gkm} command: {@code run} is the daemon, {@code status} asks a running one, {@code
 * check} reads a configuration, {@code version} tells the version. Exit statuses are those of
 * {@link io.gkm.agent.ExitStatus}.
 */
package io.gkm.cli;
