/** The running daemon (RFC 9838), and what it has in common with the command. */
package io.gkm.agent;
