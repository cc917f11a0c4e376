/**
 * Two things at once on virtual threads, without futures in anybody's signature. Knows nothing of
 * what is done.
 */
@NullMarked
package dev.keygate.sidecar.parallel;

import org.jspecify.annotations.NullMarked;
