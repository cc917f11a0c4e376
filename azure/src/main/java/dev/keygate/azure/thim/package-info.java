/**
 * Collateral from Trusted Hardware Identity Management, which is a cache and no authority: what it
 * serves is parsed here and believed only once the evidence module has verified it.
 *
 * <pre>
 *   CollateralCache ──verifies, keeps, one fetch for all──┐
 *     1. ImdsCollateralSource           the host's agent, for its present TCB
 *     2. RegionalCacheCollateralSource  THIM's cache, by chip id and reported TCB
 *     3. KdsCollateralSource            AMD itself, only where the user switched it on
 * </pre>
 */
@NullMarked
package dev.keygate.azure.thim;

import org.jspecify.annotations.NullMarked;
