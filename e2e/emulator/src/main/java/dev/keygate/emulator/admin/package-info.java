/**
 * The lab's own endpoint for those who run it: what Azure's control plane would do, and the
 * decision log. No Azure host; plain HTTP on loopback.
 */
@NullMarked
package dev.keygate.emulator.admin;

import org.jspecify.annotations.NullMarked;
