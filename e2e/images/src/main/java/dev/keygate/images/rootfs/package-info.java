/**
 * Runs programs in an image's own file system without a container runtime. Knows mounts and
 * namespaces; does not know what runs.
 */
@NullMarked
package dev.keygate.images.rootfs;

import org.jspecify.annotations.NullMarked;
