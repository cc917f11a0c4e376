/** What Key Vault answers when it refuses: status, codes and texts. Knows no reason to refuse. */
@NullMarked
package dev.keygate.emulator.keyvault.refusal;

import org.jspecify.annotations.NullMarked;
