package dev.keygate.emulator.platform;

/**
 * What the host of a machine has to endorse its processor, as THIM serves it.
 *
 * @param vcekPem the VCEK's certificate with a final line break
 * @param certificateChainPem ASK and ARK
 * @param tcbm the TCB that the VCEK is for: 16 lower-case hexadecimal digits, most significant
 *     first
 */
public record AmdCertification(String vcekPem, String certificateChainPem, String tcbm) {}
