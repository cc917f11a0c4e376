/**
 * {@code ./keygate bench}: speed and memory, measured here and asserted nowhere. Knows which
 * benchmarks exist.
 */
@NullMarked
package dev.keygate.bench;

import org.jspecify.annotations.NullMarked;
