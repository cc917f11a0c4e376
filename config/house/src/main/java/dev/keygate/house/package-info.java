/**
 * The architecture rules that the tests of every module run over that module's classes. Knows
 * package names only; depends on nothing of the product.
 */
@NullMarked
package dev.keygate.house;

import org.jspecify.annotations.NullMarked;
