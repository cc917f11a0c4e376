/**
 * What the operator's watches have seen, for those who only read. Knows no kind but by type;
 * decides nothing.
 */
@NullMarked
package dev.keygate.operator.cache;

import org.jspecify.annotations.NullMarked;
