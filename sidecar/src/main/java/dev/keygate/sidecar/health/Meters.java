package dev.keygate.sidecar.health;

import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.meter.UpstreamMeter;

/**
 * What is counted while the process runs.
 *
 * @param upstreams calls of services
 * @param calls calls of the local API
 */
public record Meters(UpstreamMeter upstreams, CallMeter calls) {}
