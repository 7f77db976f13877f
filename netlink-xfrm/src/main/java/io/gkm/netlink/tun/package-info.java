/** A network device whose packets come to this process (TUN), and the route that leads there. */
package io.gkm.netlink.tun;
