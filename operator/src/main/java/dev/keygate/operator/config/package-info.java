/**
 * What the operator is told from outside: settings with their defaults, read once at the start and
 * turned into valid values or into one sentence that names the key. Knows no kind and calls no
 * service.
 */
@NullMarked
package dev.keygate.operator.config;

import org.jspecify.annotations.NullMarked;
