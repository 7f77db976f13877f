/**
 * The lab key server: the responder side of IKEv2 (RFC 7296) and the GCKS of RFC 9838, for tests
 * and the demo. It has a protocol core without sockets or clock, {@link
 * io.gkm.lab.controller.KeyServer}, and a program around it, {@link
 * io.gkm.lab.controller.LabController}. It is no product: it keeps its groups in memory and, where
 * it is asked to, writes the keys it hands out into a file so that a test can compare them.
 */
package io.gkm.lab.controller;
