package io.gkm.lab.controller;

import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Octets;

/** A UDP datagram to send: our end of the path is where it leaves. */
public record Datagram(UdpPath path, Octets octets) {}
