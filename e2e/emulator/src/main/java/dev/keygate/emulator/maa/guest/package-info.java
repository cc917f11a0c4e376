/**
 * The evidence of a guest with a vTPM, {@code AzureGuest}: its wire format, every check of it, its
 * claims, and the sealing of its token. Knows nothing of who will rely on a token.
 */
@NullMarked
package dev.keygate.emulator.maa.guest;

import org.jspecify.annotations.NullMarked;
