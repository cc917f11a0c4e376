/**
 * Image archives: writes them with Jib, reads them back, lays their layers out as a file system.
 * Knows formats and digests; knows nothing of what is inside or of running it.
 */
@NullMarked
package dev.keygate.images.archive;

import org.jspecify.annotations.NullMarked;
