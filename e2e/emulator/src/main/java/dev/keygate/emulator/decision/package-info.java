/**
 * The record of what the lab's verifier and vaults decided and why, kept from the callers: Azure
 * does not tell them either.
 */
@NullMarked
package dev.keygate.emulator.decision;

import org.jspecify.annotations.NullMarked;
