/**
 * Writes docs/reference from the CRDs, the enumerations, the settings' interfaces and the places
 * where metrics are registered. Reads sources, because what a constant or a setting means is said
 * in its comment.
 */
@NullMarked
package dev.keygate.operator.reference;

import org.jspecify.annotations.NullMarked;
