/**
 * Trusted Hardware Identity Management: serves the endorsements of a machine's platform. Knows the
 * routes and members; verifies nothing.
 */
@NullMarked
package dev.keygate.emulator.thim;

import org.jspecify.annotations.NullMarked;
