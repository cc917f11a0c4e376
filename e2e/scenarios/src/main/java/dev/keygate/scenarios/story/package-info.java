/**
 * How a demonstration is told: one line a step with its time, and what a surprise looks like. Knows
 * nothing of what is told.
 */
@NullMarked
package dev.keygate.scenarios.story;

import org.jspecify.annotations.NullMarked;
