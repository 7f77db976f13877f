/**
 * One IKE SA with a key server, seen from the group member: a sans-I/O state machine ({@link
 * io.gkm.ike.IkeSession}) that is given datagrams and the time and gives back effects.
 *
 * <p>Sources: RFC 7296 sections 1 and 2 (exchanges, message ids, retransmission, cookies, errors,
 * NAT traversal), RFC 3948 (non-ESP marker, keepalives), RFC 9838 sections 2.2 and 2.3 (GSA_AUTH,
 * GSA_REGISTRATION).
 *
 * <p>How it is put together:
 *
 * <ul>
 *   <li>{@code InitExchange} is IKE_SA_INIT, {@code Connecting} its life on the wire; what takes
 *       part in it with notifies of its own is an {@code InitExtension} ({@code NatDetector}).
 *   <li>Every later exchange of ours is a {@code ProtectedExchange}: what to ask, and what the
 *       answer means. {@code OwnRequests} puts them in line.
 *   <li>{@code PeerRequests} answers what the GCKS asks on this IKE SA, each kind of request a
 *       {@code PeerExchange}.
 *   <li>{@code ProtectedSa} seals and opens; {@code Connection} knows ports, NAT and keepalives;
 *       {@code Retransmitter} the times.
 *   <li>{@code IgnoredMessageException}: a datagram is dropped and nothing has changed. {@code
 *       SessionFailedException}: the IKE SA is over.
 * </ul>
 *
 * <p>GSA_REKEY has no IKE SA: {@code RekeyMessage} opens its messages and says what a signature
 * covers; the group member holds the Rekey SAs.
 */
package io.gkm.ike;
