/**
 * Feeds parsers with whatever input reaches most of them, from seeds that the software platform
 * makes. Knows which parsers there are, and of each that it throws one exception.
 */
@NullMarked
package dev.keygate.evidence.fuzz;

import org.jspecify.annotations.NullMarked;
