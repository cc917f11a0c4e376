/**
 * What a request to a vault asks for: API version, route with its operation and permission, and the
 * members of bodies. Decides nothing about keys.
 */
@NullMarked
package dev.keygate.emulator.keyvault.request;

import org.jspecify.annotations.NullMarked;
