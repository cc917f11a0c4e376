/**
 * Decides, as Key Vault does, whether a release policy admits a token's claims, and explains a
 * denial. Pure; the claims it is given have been verified by somebody else.
 */
@NullMarked
package dev.keygate.policy.evaluation;

import org.jspecify.annotations.NullMarked;
