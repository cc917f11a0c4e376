/** To be described. */
@NullMarked
package dev.keygate.policy;

import org.jspecify.annotations.NullMarked;
