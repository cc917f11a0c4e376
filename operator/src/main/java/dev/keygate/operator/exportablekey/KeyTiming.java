package dev.keygate.operator.exportablekey;

import dev.keygate.operator.schedule.RetrySchedule;
import dev.keygate.time.TimeSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;

/**
 * When keys are looked at again.
 *
 * @param time dates transitions
 * @param resyncInterval how often a vault is compared when nothing changes
 * @param retries after failures that time may cure
 */
public record KeyTiming(
    TimeSource time, Duration resyncInterval, RetrySchedule<ResourceID> retries) {}
