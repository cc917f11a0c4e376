package dev.keygate.evidence.snp;

/**
 * What CPUID says of the processor, one octet each.
 *
 * @param family the combined family, such as 0x19
 * @param model the combined model
 * @param stepping the stepping
 */
public record SnpCpuid(int family, int model, int stepping) {}
