/**
 * What the sidecar is told from outside: settings with their defaults, read once at the start and
 * turned into valid values or into one sentence that names the key. Opens no device and calls no
 * service.
 */
@NullMarked
package dev.keygate.sidecar.config;

import org.jspecify.annotations.NullMarked;
