/**
 * Who vouches for a processor: AMD's certificates for the key that signs SNP reports, Intel's for
 * the one that signs the reports of quoting enclaves, what they say of the chip and its TCB, what
 * revokes them, and the root keys that are believed. Parses and compares; the order in which a
 * chain is believed is decided in {@code verify}.
 */
@NullMarked
package dev.keygate.evidence.endorsement;

import org.jspecify.annotations.NullMarked;
