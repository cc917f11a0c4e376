/**
 * A TPM 2.0 in software with real cryptography, behind a Unix socket that behaves like a resource
 * managed device: RSA-2048 primaries that are a function of seed and template, quotes,
 * certifications, PCR policies, NV storage. Knows nothing of Azure; what lies in which NV index is
 * decided by the machine around it. Protects no secret: its seeds lie in the lab's folder.
 */
@NullMarked
package dev.keygate.emulator.platform.vtpm;

import org.jspecify.annotations.NullMarked;
