/** To be described. */
@NullMarked
package dev.keygate.bench;

import org.jspecify.annotations.NullMarked;
