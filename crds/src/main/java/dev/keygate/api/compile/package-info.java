/**
 * Turns the spec of a ReleasePolicy into a policy of the grammar, whichever way the user wrote it.
 * Pure; the one place that knows both the kinds and the policy language.
 */
@NullMarked
package dev.keygate.api.compile;

import org.jspecify.annotations.NullMarked;
