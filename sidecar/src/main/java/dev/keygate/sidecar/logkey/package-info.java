/**
 * The keys under which log records carry their values. Knows their names and nothing of who logs
 * what.
 */
@NullMarked
package dev.keygate.sidecar.logkey;

import org.jspecify.annotations.NullMarked;
