/**
 * The lab judged by Azure's own client libraries, unmodified: their challenge, TLS and host checks
 * are on, and they reach the lab's hosts as the product does, through its proxy and with its root.
 * Knows nothing of how the lab works inside.
 */
@NullMarked
package dev.keygate.emulator.official;

import org.jspecify.annotations.NullMarked;
