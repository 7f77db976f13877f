package io.gkm.lab;

/** A bridge in a namespace of its own. Its interface is called br0, its ports port1, port2, ... */
public record LabBridge(String name, String namespace) {}
