/**
 * Counts and times what this process does, and wraps what is counted. Knows outcomes and durations;
 * knows no names of keys, tenants or hosts, and nothing secret.
 */
@NullMarked
package dev.keygate.sidecar.meter;

import org.jspecify.annotations.NullMarked;
