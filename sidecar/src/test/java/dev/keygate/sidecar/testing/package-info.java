/**
 * Stand-ins for tests: keys, a vault that really wraps and signs, an authority that really signs, a
 * clock that only moves when it is waited for.
 */
@NullMarked
package dev.keygate.sidecar.testing;

import org.jspecify.annotations.NullMarked;
