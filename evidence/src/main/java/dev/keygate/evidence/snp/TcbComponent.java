package dev.keygate.evidence.snp;

/** A part of the platform whose security patch level (SPL) a TCB version states. */
public enum TcbComponent {
  /** The firmware of the microcontroller that boots first; Turin and later. */
  FMC,
  /** The bootloader of the secure processor. */
  BOOTLOADER,
  /** The operating system of the secure processor. */
  TEE,
  /** The SNP firmware. */
  SNP,
  /** The microcode of the processor's cores. */
  MICROCODE
}
