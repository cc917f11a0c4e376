/**
 * Entra ID: tenants, principals, federated credentials, and access tokens signed with RS256. Knows
 * what Entra refuses and with which AADSTS code; knows nothing of what a token opens.
 */
@NullMarked
package dev.keygate.emulator.entra;

import org.jspecify.annotations.NullMarked;
