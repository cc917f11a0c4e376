/**
 * Who may do what in one vault: permissions, built-in roles, assignments that take their time to
 * have effect, and how each access model says no. Knows nothing of keys' contents and of HTTP.
 */
@NullMarked
package dev.keygate.emulator.keyvault.access;

import org.jspecify.annotations.NullMarked;
