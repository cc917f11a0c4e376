/** What several tests of images need: an image laid out and entered. Knows no single test. */
@NullMarked
package dev.keygate.images.testing;

import org.jspecify.annotations.NullMarked;
