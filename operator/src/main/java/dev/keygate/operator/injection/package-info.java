/**
 * Whether a pod is injected: one observation, an ordered list of checks, one decision. Pure; knows
 * the pod and the objects it refers to, not where they were read and not how the answer travels.
 */
@NullMarked
package dev.keygate.operator.injection;

import org.jspecify.annotations.NullMarked;
