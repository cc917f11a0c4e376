/**
 * Octets as values: an immutable byte string, a bounds-checked reader and a writer for fixed
 * layouts, and the one exception that every parser of this library throws.
 */
@NullMarked
package dev.keygate.evidence.bytes;

import org.jspecify.annotations.NullMarked;
