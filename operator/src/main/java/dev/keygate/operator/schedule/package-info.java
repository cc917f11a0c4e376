/**
 * When an object is looked at again, after a failure that time may cure and when nothing happened,
 * and who goes first when many are due. Knows neither what failed nor what is looked at.
 */
@NullMarked
package dev.keygate.operator.schedule;

import org.jspecify.annotations.NullMarked;
