/**
 * How a provider of Azure Attestation signs: its keys and their certificates, over a rollover and a
 * failover, and the claims that every token has. Knows nothing of evidence.
 */
@NullMarked
package dev.keygate.emulator.maa.token;

import org.jspecify.annotations.NullMarked;
