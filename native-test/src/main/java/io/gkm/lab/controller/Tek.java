package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Octets;

/**
 * The traffic encryption key of one data SA, for one generation.
 *
 * @param material encryption key with salt, then integrity key
 */
record Tek(ControllerSettings.DataSa sa, Octets spi, Secret material, Moment made) {}
