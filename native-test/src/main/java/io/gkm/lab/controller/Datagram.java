package io.gkm.lab.controller;

import io.gkm.ike.UdpPath;

/** A UDP datagram to send: our end of the path is where it leaves. */
public record Datagram(UdpPath path, byte[] octets) {}
