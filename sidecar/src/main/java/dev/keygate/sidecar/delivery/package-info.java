/**
 * Where released keys go and how long they are held. Knows versions and their states; does not know
 * who may have a key, nor how it came here.
 */
@NullMarked
package dev.keygate.sidecar.delivery;

import org.jspecify.annotations.NullMarked;
