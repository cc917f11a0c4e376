/**
 * TPM 2.0 structures as they travel: handles, public areas, PCR selections and values, policy
 * digests; and what an Azure vTPM keeps where. All integers are big endian. Knows the encoding of
 * RSA objects and the SHA-256 bank only; knows no device, no socket and no command.
 */
@NullMarked
package dev.keygate.evidence.tpm;

import org.jspecify.annotations.NullMarked;
