/** Generates pages of the reference from code and holds them to it. */
@NullMarked
package dev.keygate.sidecar.reference;

import org.jspecify.annotations.NullMarked;
