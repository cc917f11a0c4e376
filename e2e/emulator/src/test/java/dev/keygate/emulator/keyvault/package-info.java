/** Tests of the vault over TLS through the proxy. */
@NullMarked
package dev.keygate.emulator.keyvault;

import org.jspecify.annotations.NullMarked;
