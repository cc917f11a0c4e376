/**
 * Reads untrusted JSON text into immutable values that remember where they stood, within limits of
 * size, depth and count. Knows JSON and nothing of what the values mean.
 */
@NullMarked
package dev.keygate.json;

import org.jspecify.annotations.NullMarked;
