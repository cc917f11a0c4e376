/**
 * The evidence of hardware alone, {@code SevSnpVm} and {@code TdxVm}: its wire format, every check
 * of it and its claims. Knows no vTPM.
 */
@NullMarked
package dev.keygate.emulator.maa.platform;

import org.jspecify.annotations.NullMarked;
