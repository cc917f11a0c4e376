/**
 * Intel TDX evidence: TD reports, TD quotes of versions 4 and 5 and what a quote carries with it,
 * down to the signatures. Numbers are little-endian; keys and signatures are big-endian. Knows
 * nothing of trust: which key may sign a quote, and which values are acceptable, is decided in
 * {@code verify}.
 */
@NullMarked
package dev.keygate.evidence.tdx;

import org.jspecify.annotations.NullMarked;
