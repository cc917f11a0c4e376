/**
 * Status conditions after the Kubernetes API conventions: closed lists of types and reasons, and
 * the merge that keeps the time of the last transition. Pure; knows no kind and no client.
 */
@NullMarked
package dev.keygate.condition;

import org.jspecify.annotations.NullMarked;
