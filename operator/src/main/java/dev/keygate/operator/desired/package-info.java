/**
 * The objects that the operator owns, as they shall be: complete, with every default written out,
 * so that applying one twice changes nothing. Pure.
 */
@NullMarked
package dev.keygate.operator.desired;

import org.jspecify.annotations.NullMarked;
