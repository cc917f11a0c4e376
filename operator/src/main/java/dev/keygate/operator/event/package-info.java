/**
 * Kubernetes Events: one when an object's state changes, none while it stays. Knows conditions, not
 * kinds.
 */
@NullMarked
package dev.keygate.operator.event;

import org.jspecify.annotations.NullMarked;
