/**
 * The SEV-SNP attestation report: layout, fields and its signature. Knows nothing of certificates:
 * which key may sign a report, and which values are acceptable, is decided in {@code verify}.
 */
@NullMarked
package dev.keygate.evidence.snp;

import org.jspecify.annotations.NullMarked;
