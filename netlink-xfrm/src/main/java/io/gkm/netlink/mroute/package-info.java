/**
 * Static multicast routes of a gateway (linux/mroute.h, linux/mroute6.h): the kernel's forwarding
 * tables for IPv4 and IPv6 multicast, which one program at a time may own.
 */
package io.gkm.netlink.mroute;
