/**
 * What the lab costs: its memory, its start, and its releases beside the cryptography in them.
 * Knows the lab from outside, as {@code ./keygate lab} starts it.
 */
@NullMarked
package dev.keygate.bench.lab;

import org.jspecify.annotations.NullMarked;
