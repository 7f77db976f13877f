/** AF_NETLINK sockets, message framing, acknowledgements and dumps. */
package io.gkm.netlink;
