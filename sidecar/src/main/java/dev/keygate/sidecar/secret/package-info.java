/**
 * Octets that nobody may see: kept outside the heap, zeroed when closed, shown to nobody who does
 * not say what for. Knows nothing of keys and formats.
 */
@NullMarked
package dev.keygate.sidecar.secret;

import org.jspecify.annotations.NullMarked;
