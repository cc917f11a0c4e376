/**
 * The story: which keys to release when, the steps of a release in their order, what came of it and
 * when to try again. Depends on ports; knows no device, no wire and nobody who reads its outcomes.
 */
@NullMarked
package dev.keygate.sidecar.release;

import org.jspecify.annotations.NullMarked;
