/** To be described. */
@NullMarked
package dev.keygate.evidence.bytes;

import org.jspecify.annotations.NullMarked;
