/**
 * Microbenchmarks of evidence: parsing and verifying, beside the bare cryptography they contain.
 */
@NullMarked
package dev.keygate.bench.evidence;

import org.jspecify.annotations.NullMarked;
