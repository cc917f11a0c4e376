/**
 * A vault's keys: types, material, versions, attributes, release policies, and how they are kept
 * and shown. Knows nothing of callers and permissions.
 */
@NullMarked
package dev.keygate.emulator.keyvault.key;

import org.jspecify.annotations.NullMarked;
