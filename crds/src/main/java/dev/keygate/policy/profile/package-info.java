/**
 * Named templates of release policies and the table of Azure's attestation regions. Pure; expands
 * to the same syntax tree that a hand-written policy is parsed to.
 */
@NullMarked
package dev.keygate.policy.profile;

import org.jspecify.annotations.NullMarked;
