/**
 * Collateral from Trusted Hardware Identity Management, which is a cache and no authority: what it
 * serves is parsed here and believed nowhere; the evidence module verifies it.
 */
@NullMarked
package dev.keygate.azure.thim;

import org.jspecify.annotations.NullMarked;
