/**
 * Who vouches for a processor: AMD's certificates for the key that signs SNP reports, what they say
 * of the chip and its TCB, and the root keys that are believed. Parses and compares; the order in
 * which a chain is believed is decided in {@code verify}.
 */
@NullMarked
package dev.keygate.evidence.endorsement;

import org.jspecify.annotations.NullMarked;
