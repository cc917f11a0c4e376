/**
 * Makes AOT caches: runs a product in its image's file system against real work, ends it, keeps
 * what its JVM recorded. Knows the lab and the control plane; knows nothing of image formats.
 */
@NullMarked
package dev.keygate.images.training;

import org.jspecify.annotations.NullMarked;
