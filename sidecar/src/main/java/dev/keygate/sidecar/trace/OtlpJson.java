package dev.keygate.sidecar.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keygate.sidecar.wire.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Spans as OTLP's JSON, opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest. */
final class OtlpJson {

  private static final int KIND_INTERNAL = 1;
  private static final int KIND_CLIENT = 3;
  private static final int STATUS_ERROR = 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final Map<String, String> RESOURCE = Map.of("service.name", "keygate-sidecar");

  private OtlpJson() {}

  static String of(List<FinishedSpan> spans) {
    return JsonText.object(
        json -> {
          json.writeArrayFieldStart("resourceSpans");
          json.writeStartObject();
          json.writeObjectFieldStart("resource");
          writeAttributes(json, RESOURCE);
          json.writeEndObject();
          json.writeArrayFieldStart("scopeSpans");
          json.writeStartObject();
          json.writeObjectFieldStart("scope");
          json.writeStringField("name", "dev.keygate.sidecar");
          json.writeEndObject();
          json.writeArrayFieldStart("spans");
          for (FinishedSpan span : spans) {
            write(json, span);
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, FinishedSpan span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", span.ids().trace());
    json.writeStringField("spanId", span.ids().span());
    if (!span.ids().parent().isEmpty()) {
      json.writeStringField("parentSpanId", span.ids().parent());
    }
    json.writeStringField("name", span.step().title());
    json.writeNumberField("kind", span.step().isCall() ? KIND_CLIENT : KIND_INTERNAL);
    // Numbers of 64 bits are texts in protobuf's JSON.
    json.writeStringField("startTimeUnixNano", unixNanos(span.start()));
    json.writeStringField("endTimeUnixNano", unixNanos(span.start().plusNanos(span.nanos())));
    writeAttributes(json, span.attributes());
    if (span.isFailed()) {
      json.writeObjectFieldStart("status");
      json.writeNumberField("code", STATUS_ERROR);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeAttributes(JsonGenerator json, Map<String, String> attributes)
      throws IOException {
    json.writeArrayFieldStart("attributes");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      json.writeStartObject();
      json.writeStringField("key", attribute.getKey());
      json.writeObjectFieldStart("value");
      json.writeStringField("stringValue", attribute.getValue());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String unixNanos(Instant instant) {
    return Long.toString(instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano());
  }
}
