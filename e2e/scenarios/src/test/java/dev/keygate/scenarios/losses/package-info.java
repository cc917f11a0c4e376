/**
 * What is left, and what comes back, when the sidecar, the lab or one of its services is lost in
 * the middle of a release. Knows processes alone; the answers to single faults are the sidecar's
 * own tests.
 */
@NullMarked
package dev.keygate.scenarios.losses;

import org.jspecify.annotations.NullMarked;
