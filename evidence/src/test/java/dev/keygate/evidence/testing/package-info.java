/**
 * A software platform: signs SNP, TDX and HCL evidence with chains shaped like the vendors', every
 * defect selectable by name. Used by tests and by the emulated confidential machine of the
 * laboratory. What it signs is believed by nobody who was not told its root key.
 */
@NullMarked
package dev.keygate.evidence.testing;

import org.jspecify.annotations.NullMarked;
