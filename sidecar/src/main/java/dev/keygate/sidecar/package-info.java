/** To be described. */
@NullMarked
package dev.keygate.sidecar;

import org.jspecify.annotations.NullMarked;
