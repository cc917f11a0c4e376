/**
 * TPM 2.0 commands and their responses (TPM 2.0 Library, part 3) as immutable values: to bytes for
 * the one who asks, from bytes for the one who answers. Moves no byte itself.
 */
@NullMarked
package dev.keygate.evidence.tpm.command;

import org.jspecify.annotations.NullMarked;
