/**
 * Turns a wrapped key of a release envelope into the key: opens the AES key with the transfer key,
 * the material with the AES key, and holds the result against what the vault announced. Pure: no
 * network, no files, no clock, no logger; does not know who asked or who gets the key.
 */
@NullMarked
package dev.keygate.sidecar.unwrap;

import org.jspecify.annotations.NullMarked;
