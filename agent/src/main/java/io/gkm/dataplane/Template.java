package io.gkm.dataplane;

import java.net.InetAddress;

/**
 * What a policy asks of the SA ({@code struct xfrm_user_tmpl}); source any, every algorithm.
 *
 * @param protocol IP protocol: 50 ESP, 51 AH
 * @param reqid of the SA to use; 0 for any
 * @param required not {@code optional}: without it traffic would pass in clear
 */
record Template(
    InetAddress destination, int protocol, int reqid, boolean required, boolean transportMode) {}
