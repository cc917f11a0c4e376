/**
 * The attester's entry points: the server beside an app and the command line on a plain
 * confidential VM, and the one place that puts the parts together. Nothing depends on this package.
 */
@NullMarked
package dev.keygate.sidecar;

import org.jspecify.annotations.NullMarked;
