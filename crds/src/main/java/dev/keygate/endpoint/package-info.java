/**
 * The names of Azure things the product may talk to: vaults, keys in them and attestation
 * authorities. Knows the host suffixes of every cloud; never resolves a name and opens no
 * connection.
 */
@NullMarked
package dev.keygate.endpoint;

import org.jspecify.annotations.NullMarked;
