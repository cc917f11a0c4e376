/**
 * The one clock of a lab's services: another time than the machine's, faster than the machine's, or
 * off for a single request. Knows nothing of what a service does with time.
 */
@NullMarked
package dev.keygate.emulator.clock;

import org.jspecify.annotations.NullMarked;
