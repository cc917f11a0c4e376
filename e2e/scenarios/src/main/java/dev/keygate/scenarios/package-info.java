/** To be described. */
@NullMarked
package dev.keygate.scenarios;

import org.jspecify.annotations.NullMarked;
