/**
 * The boot event log in the TCG crypto-agile format (TCG PC Client Platform Firmware Profile §10),
 * little endian: what firmware says it measured, to be believed only as far as it replays to quoted
 * PCRs.
 */
@NullMarked
package dev.keygate.evidence.eventlog;

import org.jspecify.annotations.NullMarked;
