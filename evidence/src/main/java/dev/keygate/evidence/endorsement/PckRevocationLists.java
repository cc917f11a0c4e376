package dev.keygate.evidence.endorsement;

/**
 * The two lists that can revoke a PCK chain. Parsed, not believed.
 *
 * @param ofRoot issued by the SGX root: which CAs are revoked
 * @param ofCa issued by the CA of the PCK: which PCK certificates are revoked
 */
public record PckRevocationLists(RevocationList ofRoot, RevocationList ofCa) {}
