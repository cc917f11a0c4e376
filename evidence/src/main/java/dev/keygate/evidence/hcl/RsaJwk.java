package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.Bytes;

/**
 * A public RSA key of the runtime claims.
 *
 * @param kid its name, such as {@code HCLAkPub}
 * @param modulus big-endian, without a leading zero octet
 * @param exponent big-endian, without a leading zero octet
 */
public record RsaJwk(String kid, Bytes modulus, Bytes exponent) {}
