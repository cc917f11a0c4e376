/** Strict reading of JSON text and lenient reading of base64. Knows no member of any service. */
@NullMarked
package dev.keygate.emulator.json;

import org.jspecify.annotations.NullMarked;
