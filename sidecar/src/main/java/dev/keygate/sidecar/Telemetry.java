package dev.keygate.sidecar;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.sidecar.config.TelemetrySettings;
import dev.keygate.sidecar.trace.NoSpans;
import dev.keygate.sidecar.trace.OtlpSpans;
import dev.keygate.sidecar.trace.StepSpans;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;

/** Chooses who is told of a release's steps. */
final class Telemetry {

  private Telemetry() {}

  /** The collector that the settings name, or nobody: then nothing that would tell it is loaded. */
  static StepSpans open(TelemetrySettings settings) {
    Optional<URI> endpoint = settings.endpoint();
    return endpoint.isPresent()
        ? OtlpSpans.to(endpoint.get(), new SystemTime(), new SecureRandom())
        : NoSpans.OFF;
  }
}
