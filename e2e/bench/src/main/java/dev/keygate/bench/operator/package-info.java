/**
 * What the operator costs: how fast many keys converge, beside what the vaults allow and beside a
 * bare client that writes the same; what it needs while nothing changes. Knows the operator from
 * outside, as a process under its shipped role. Prints figures beside their bounds; asserts
 * nothing.
 */
@NullMarked
package dev.keygate.bench.operator;

import org.jspecify.annotations.NullMarked;
