/**
 * Finds what a release policy may say, and what will hurt: a fixed list of rules, each a pure
 * function of the policy with a stable code. Knows which claims attestation tokens carry; knows no
 * token, and refuses nothing.
 */
@NullMarked
package dev.keygate.policy.lint;

import org.jspecify.annotations.NullMarked;
