/**
 * The images of our own that test pods are made of, as archives, without a container engine. Knows
 * nothing of who runs them.
 */
@NullMarked
package dev.keygate.cluster.image;

import org.jspecify.annotations.NullMarked;
