/**
 * What the images are, as values: their names, places in the file system, JVM flags, labels. Knows
 * no file of this machine and starts nothing.
 */
@NullMarked
package dev.keygate.images.recipe;

import org.jspecify.annotations.NullMarked;
