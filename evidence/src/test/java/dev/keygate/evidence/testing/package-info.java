/**
 * A software platform: signs SNP and HCL evidence with a chain shaped like the vendor's, every
 * defect selectable by name. Used by tests and by the emulated confidential machine of the
 * laboratory. What it signs is believed by nobody who was not told its root key.
 */
@NullMarked
package dev.keygate.evidence.testing;

import org.jspecify.annotations.NullMarked;
