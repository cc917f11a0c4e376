/** What the tests of several services share: a client of the lab's hosts, a clock, an issuer. */
@NullMarked
package dev.keygate.emulator.testing;

import org.jspecify.annotations.NullMarked;
