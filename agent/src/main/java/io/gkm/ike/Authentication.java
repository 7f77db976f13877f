package io.gkm.ike;

/** How the two sides of an IKE SA prove who they are. */
public sealed interface Authentication permits PreSharedKey {}
