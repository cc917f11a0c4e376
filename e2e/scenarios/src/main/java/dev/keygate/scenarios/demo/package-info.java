/**
 * The demo: starts the shipped artefacts as processes, tells the story in one line a step and fails
 * on any surprise. Knows how the parts are started; decides nothing that the product decides.
 */
@NullMarked
package dev.keygate.scenarios.demo;

import org.jspecify.annotations.NullMarked;
