/**
 * What happens to a key, told as it happens: two looks at the state and what lies between them.
 * Knows leases and outcomes; does not know who listens.
 */
@NullMarked
package dev.keygate.sidecar.events;

import org.jspecify.annotations.NullMarked;
