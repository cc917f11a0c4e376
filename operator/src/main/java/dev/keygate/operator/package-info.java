/**
 * The control plane: keeps keys and their release policies in the vault as the objects say, and
 * tells sidecars when to look. It can create and update keys; it has no way to release or unwrap
 * one.
 */
@NullMarked
package dev.keygate.operator;

import org.jspecify.annotations.NullMarked;
