/** Requests that no client sends. Knows names that routes know; knows no service. */
@NullMarked
package dev.keygate.emulator.hostile;

import org.jspecify.annotations.NullMarked;
