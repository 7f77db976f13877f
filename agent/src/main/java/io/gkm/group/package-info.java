/**
 * The group member of G-IKEv2 (RFC 9838), without input or output: registration with one key server
 * (GCKS) for its groups, acceptance of the policy it sends, re-registration before keys end, expiry
 * and leaving. In go datagrams, commands and the time; out come datagrams, events and the desired
 * state the data plane makes true.
 *
 * <p>RFC 9838 sections 2.3 (registration), 2.5 (Sender-IDs), 2.6 (replay), 4.4 (GSA), 4.5 (KD), 4.7
 * (errors); RFC 5374 section 4 (what a member lets a key server ask for: the {@code allow} list);
 * RFC 7296 section 3.13.1 (traffic selectors).
 *
 * <p>Nothing here opens a socket, reads a clock or starts a thread. All classes with state belong
 * to one thread; {@link io.gkm.group.DesiredState} and everything in it is handed to another one
 * and owns its own copy of the keys.
 */
package io.gkm.group;
