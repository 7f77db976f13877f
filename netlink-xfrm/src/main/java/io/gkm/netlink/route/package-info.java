/**
 * Links and addresses over NETLINK_ROUTE (rtnetlink(7); linux/rtnetlink.h, if_link.h, if_addr.h):
 * what there is, what changes, and xfrm interfaces of our own.
 */
package io.gkm.netlink.route;
