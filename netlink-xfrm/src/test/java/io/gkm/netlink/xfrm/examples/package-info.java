/** The examples of docs/netlink-xfrm.md: what stands there is what runs here. */
package io.gkm.netlink.xfrm.examples;
