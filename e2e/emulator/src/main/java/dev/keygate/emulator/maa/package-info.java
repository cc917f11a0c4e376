/**
 * Azure Attestation: a provider's routes, from evidence to its signed token. Knows which kind of
 * evidence goes where and what a refusal looks like; the checks are the packages' below.
 */
@NullMarked
package dev.keygate.emulator.maa;

import org.jspecify.annotations.NullMarked;
