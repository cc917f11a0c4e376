package dev.keygate.emulator.maa;

import dev.keygate.emulator.maa.guest.EventLogRule;
import dev.keygate.emulator.maa.platform.EmptyRuntimeData;

/**
 * What a provider does where it is not known what the real service does.
 *
 * @param eventLog about guests without a boot event log
 * @param emptyRuntimeData about hardware evidence without runtime data
 */
public record MaaSwitches(EventLogRule eventLog, EmptyRuntimeData emptyRuntimeData) {

  /** The stricter reading of everything. */
  public static final MaaSwitches STRICT =
      new MaaSwitches(EventLogRule.REQUIRED, EmptyRuntimeData.BOUND);
}
