/**
 * What goes into the layers: the linked runtime, this machine's C library, the built application,
 * the list of its parts. Reads files and makes some; knows nothing of image formats.
 */
@NullMarked
package dev.keygate.images.content;

import org.jspecify.annotations.NullMarked;
