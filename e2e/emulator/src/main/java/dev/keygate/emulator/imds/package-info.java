/**
 * The instance metadata service of one machine: managed identity, the host's THIM agent, and a few
 * facts about the machine. Knows which identities the machine has.
 */
@NullMarked
package dev.keygate.emulator.imds;

import org.jspecify.annotations.NullMarked;
