/** Counts outcomes. Labels come from closed lists: no object's name is ever one. */
@NullMarked
package dev.keygate.operator.metrics;

import org.jspecify.annotations.NullMarked;
