/**
 * IKE messages over UDP (RFC 7296 section 2, ports 500 and 4500; RFC 9838 allows 848): one socket
 * per local address and port, on the daemon's event loop, with Netty's epoll transport.
 */
package io.gkm.agent.transport;
