/** That sequences on real processes end well, and that what they look for can be found missing. */
@NullMarked
package dev.keygate.scenarios.sequences;

import org.jspecify.annotations.NullMarked;
