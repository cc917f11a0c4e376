/**
 * Opens the TPM, and is all that does: typed operations of the release flow over one connection,
 * tried again while the TPM is busy. Knows what an Azure guest keeps in its vTPM; does not judge
 * what it reads.
 */
@NullMarked
package dev.keygate.sidecar.device;

import org.jspecify.annotations.NullMarked;
