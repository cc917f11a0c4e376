/**
 * Strict reading and verification of compact JSON Web Signatures on top of Nimbus: RS256 alone,
 * keys from a key set or from a certificate chain that ends at roots of ours. What is verified has
 * a type that only verification makes. Pure: no network, no files, no clock.
 */
@NullMarked
package dev.keygate.azure.jose;

import org.jspecify.annotations.NullMarked;
