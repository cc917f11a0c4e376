/**
 * A confidential virtual machine of the lab: vTPM on a socket, boot event log, paravisor report and
 * an SNP report signed through a software vendor's chain. Knows how a machine describes itself;
 * must not know who verifies that. What it attests is believed by nobody who was not told the
 * vendor's root.
 */
@NullMarked
package dev.keygate.emulator.platform;

import org.jspecify.annotations.NullMarked;
