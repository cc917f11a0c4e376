/** The wall clock behind the time port: the one place of the product that reads it. */
@NullMarked
package dev.keygate.azure.time;

import org.jspecify.annotations.NullMarked;
