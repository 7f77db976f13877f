/**
 * The configuration file of {@code gkm run}: TOML in, checked values out. Everything that is wrong
 * is reported at once, each with file, line, column and what is allowed; an unknown key is an
 * error, so that a misspelt one never silently weakens a group.
 *
 * <p>Identities follow RFC 7296 section 3.5, pre-shared keys its section 2.15, the {@code allow}
 * lists RFC 5374 section 4.1.3 (GPAD).
 */
package io.gkm.agent.config;
