/**
 * What a lab remembers between two runs: texts by name, and private keys as PKCS#8. Knows files and
 * key encodings; knows no service.
 */
@NullMarked
package dev.keygate.emulator.state;

import org.jspecify.annotations.NullMarked;
