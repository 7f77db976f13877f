/**
 * AF_NETLINK sockets over jnr-ffi (netlink(7), linux/netlink.h): message framing, attributes,
 * acknowledgements with extended error text, dumps, batches, multicast groups, network namespaces.
 */
package io.gkm.netlink;
