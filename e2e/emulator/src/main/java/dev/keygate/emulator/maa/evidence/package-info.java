/**
 * What all kinds of evidence have in common before Azure Attestation: reading what clients send,
 * the refusal, and the claims about SNP and TDX hardware. Knows no route and no token.
 */
@NullMarked
package dev.keygate.emulator.maa.evidence;

import org.jspecify.annotations.NullMarked;
