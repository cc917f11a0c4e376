/**
 * What a lab consists of, as its user writes it: a closed YAML document with defaults for none of
 * its members. Knows nothing of how a lab runs.
 */
@NullMarked
package dev.keygate.emulator.description;

import org.jspecify.annotations.NullMarked;
