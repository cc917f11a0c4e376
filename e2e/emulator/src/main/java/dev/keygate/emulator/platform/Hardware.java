package dev.keygate.emulator.platform;

import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;

/**
 * What a machine is made of.
 *
 * @param amd the vendor of its processor
 * @param random where its keys and nonces come from
 * @param time its clock
 */
public record Hardware(SoftwareAmd amd, SecureRandom random, TimeSource time) {}
