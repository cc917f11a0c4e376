package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmPublic;

/**
 * What a TPM says about an object.
 *
 * @param area the public area
 * @param name the Name as the TPM states it; compare with {@link TpmPublic#name()}
 * @param qualifiedName the Name together with those of the ancestors
 */
public record ObjectPublic(TpmPublic area, Bytes name, Bytes qualifiedName) {}
