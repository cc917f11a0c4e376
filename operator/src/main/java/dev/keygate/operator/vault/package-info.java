/**
 * The operator's way to Entra and to vaults: one identity, one cache of access tokens, key
 * management only. Knows no kind.
 */
@NullMarked
package dev.keygate.operator.vault;

import org.jspecify.annotations.NullMarked;
