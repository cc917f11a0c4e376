package dev.keygate.sidecar.trace;

import dev.keygate.failure.Reason;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.trace.FinishedSpan.Ids;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends spans to a collector of OpenTelemetry's protocol. */
public final class OtlpSpans implements StepSpans {

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  // Of the instance: two sidecars in one process, as tests have them, do not share their traces.
  @SuppressWarnings("ThreadLocalUsage")
  private final InheritableThreadLocal<@Nullable OpenSpan> current = new InheritableThreadLocal<>();

  private final OtlpExport export;
  private final TimeSource time;
  private final SecureRandom random;

  private OtlpSpans(OtlpExport export, TimeSource time, SecureRandom random) {
    this.export = export;
    this.time = time;
    this.random = random;
  }

  /**
   * Starts sending.
   *
   * @param endpoint the collector's base address
   */
  public static OtlpSpans to(URI endpoint, TimeSource time, SecureRandom random) {
    return new OtlpSpans(OtlpExport.start(endpoint), time, random);
  }

  @Override
  public Span begin(Step step) {
    OpenSpan parent = current.get();
    Ids ids =
        new Ids(
            parent == null ? fresh(TRACE_ID_BYTES) : parent.ids.trace(),
            fresh(SPAN_ID_BYTES),
            parent == null ? "" : parent.ids.span());
    OpenSpan span = new OpenSpan(ids, step, parent);
    current.set(span);
    return span;
  }

  private String fresh(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** Sends what has ended and was not sent yet, if the collector takes it at once. */
  @Override
  public void close() {
    export.close();
  }

  private final class OpenSpan implements Span {

    private final Ids ids;
    private final Step step;
    private final @Nullable OpenSpan parent;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Instant start = time.now();
    private final long startNanos = time.nanoTime();
    private boolean isFailed;

    OpenSpan(Ids ids, Step step, @Nullable OpenSpan parent) {
      this.ids = ids;
      this.step = step;
      this.parent = parent;
    }

    @Override
    public Span with(String logKey, Object value) {
      attributes.put(logKey, value.toString());
      return this;
    }

    @Override
    public void failed(Reason reason) {
      isFailed = true;
      attributes.put(LogKeys.REASON, reason.name());
    }

    @Override
    public void close() {
      if (parent == null) {
        current.remove();
      } else {
        current.set(parent);
      }
      long nanos = time.nanoTime() - startNanos;
      export.add(new FinishedSpan(ids, step, start, nanos, attributes, isFailed));
    }
  }
}
