/**
 * XFRM, the kernel's IPsec databases, over netlink (linux/xfrm.h): messages and attributes as
 * immutable values with their codec, and a typed client.
 */
package io.gkm.netlink.xfrm;
