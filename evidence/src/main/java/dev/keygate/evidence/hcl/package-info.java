/**
 * What the Azure paravisor (HCL) writes into the vTPM: a hardware report and the runtime claims
 * whose digest that report carries, among them the vTPM's attestation key. Parses; whether the
 * hardware report deserves belief is decided in {@code verify}.
 */
@NullMarked
package dev.keygate.evidence.hcl;

import org.jspecify.annotations.NullMarked;
