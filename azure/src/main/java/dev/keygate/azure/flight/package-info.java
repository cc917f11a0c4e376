/**
 * One fetch for all who ask at once: whoever comes first fetches, the others wait for what it gets.
 * Knows nothing of what is fetched, and keeps nothing.
 */
@NullMarked
package dev.keygate.azure.flight;

import org.jspecify.annotations.NullMarked;
