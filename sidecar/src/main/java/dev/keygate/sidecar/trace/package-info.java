/**
 * Spans of the steps of a release: which steps there are, where one begins and ends, and how they
 * reach a collector if the settings name one. Knows nothing of keys; what a span says is said under
 * keys of the log.
 */
@NullMarked
package dev.keygate.sidecar.trace;

import org.jspecify.annotations.NullMarked;
