/** To be described. */
@NullMarked
package dev.keygate.cluster;

import org.jspecify.annotations.NullMarked;
