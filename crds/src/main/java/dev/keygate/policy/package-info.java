/**
 * Key Vault's release-policy grammar: a sealed syntax tree, its parser with positions, the
 * canonical text and its digest, semantic equality, and what Key Vault does not evaluate. Pure;
 * knows nothing of Kubernetes, of tokens or of who asks.
 */
@NullMarked
package dev.keygate.policy;

import org.jspecify.annotations.NullMarked;
