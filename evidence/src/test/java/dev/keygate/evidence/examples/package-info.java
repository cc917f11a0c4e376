/**
 * The examples of the module's README, which a test compares with these files and runs. They know
 * the public interface and nothing else.
 */
@NullMarked
package dev.keygate.evidence.examples;

import org.jspecify.annotations.NullMarked;
