/**
 * What a TPM signs: quotes over PCRs and certifications of objects, read and written. Nothing here
 * is believed: {@code dev.keygate.evidence.verify} decides that.
 */
@NullMarked
package dev.keygate.evidence.tpm.attest;

import org.jspecify.annotations.NullMarked;
