/**
 * What the tests of this module share: a lab with real TLS on loopback, a certificate forge, a
 * token forge, and time that only moves when told.
 */
@NullMarked
package dev.keygate.azure.testing;

import org.jspecify.annotations.NullMarked;
