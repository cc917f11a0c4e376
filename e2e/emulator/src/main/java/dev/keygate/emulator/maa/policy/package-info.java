/**
 * The policy of an attestation provider and the routes that show it and its signers. Knows no
 * evidence; of the policy language it knows the default policy and its opposite.
 */
@NullMarked
package dev.keygate.emulator.maa.policy;

import org.jspecify.annotations.NullMarked;
