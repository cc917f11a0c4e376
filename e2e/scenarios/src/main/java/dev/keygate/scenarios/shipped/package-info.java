/**
 * The artefacts that the build left, and how they are started as processes. Knows files and command
 * lines; does not know what a scenario does with them.
 */
@NullMarked
package dev.keygate.scenarios.shipped;

import org.jspecify.annotations.NullMarked;
