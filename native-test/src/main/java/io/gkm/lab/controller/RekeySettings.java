package io.gkm.lab.controller;

import io.gkm.ike.wire.Transform;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the key server rekeys a group by multicast.
 *
 * @param group multicast address and UDP port
 * @param port of the key server that GSA_REKEY messages come from
 * @param encryption ENCR of the Rekey SA
 * @param integrity INTEG beside a cipher
 * @param kwa key wrap algorithm
 * @param signature with what messages are signed; empty for implicit authentication
 * @param lifetime of a Rekey SA; the next one comes with a rekey when half of it has passed
 * @param interval between rekeys of the data SAs
 * @param copies how often each message is sent
 * @param copyInterval between copies
 * @param treeDepth levels of the key tree; empty without a tree
 * @param announceNext whether SPIs of the next SAs are announced (GSA_NEXT_SPI)
 * @param maxMessage octets of a message that are not fragmented
 */
public record RekeySettings(
    InetSocketAddress group,
    int port,
    Transform encryption,
    Optional<Transform> integrity,
    int kwa,
    Optional<SigningKey.Kind> signature,
    Duration lifetime,
    Duration interval,
    int copies,
    Duration copyInterval,
    OptionalInt treeDepth,
    boolean announceNext,
    int maxMessage) {}
