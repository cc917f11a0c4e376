/**
 * Random sequences of what happens to keys, played on the shipped operator, a real API server and
 * the lab as processes that are killed. Knows what users, people at the vault and bad luck do, and
 * what has to be true when they stop; nothing of how the operator gets there.
 */
@NullMarked
package dev.keygate.scenarios.sequences;

import org.jspecify.annotations.NullMarked;
