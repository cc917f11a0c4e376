/**
 * How a vault's keys come, change and go: create, import, rotate, update, delete, recover, purge,
 * sealed copies and rotation policies, with the rules for exportable keys and their policies. Knows
 * nothing of callers, permissions and HTTP.
 */
@NullMarked
package dev.keygate.emulator.keyvault.change;

import org.jspecify.annotations.NullMarked;
