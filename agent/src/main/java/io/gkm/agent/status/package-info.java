/**
 * What {@code gkm status} tells, as values and as JSON (RFC 8259). Loaded by the short-lived
 * command too, so it uses nothing but the JDK and Jackson's streaming parser. Never holds keys.
 */
package io.gkm.agent.status;
