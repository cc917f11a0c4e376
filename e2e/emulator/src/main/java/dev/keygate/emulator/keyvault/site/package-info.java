/**
 * Where a vault is and how it was set up: host, tenant, region, tier, access model, and which
 * reading it takes where Azure's behaviour is uncertain. Knows nothing of keys, callers and HTTP.
 */
@NullMarked
package dev.keygate.emulator.keyvault.site;

import org.jspecify.annotations.NullMarked;
