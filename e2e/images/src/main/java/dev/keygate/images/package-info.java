/**
 * The container images of operator and sidecar, built without an engine. Knows in which order they
 * are made and when one that exists is still good; what is in them, how they are written, run and
 * trained is known by the packages below.
 */
@NullMarked
package dev.keygate.images;

import org.jspecify.annotations.NullMarked;
