/** To be described. */
@NullMarked
package dev.keygate.emulator;

import org.jspecify.annotations.NullMarked;
