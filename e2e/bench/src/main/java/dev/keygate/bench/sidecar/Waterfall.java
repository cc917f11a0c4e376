package dev.keygate.bench.sidecar;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The spans of one release and the longest chain of calls that depend on each other:
 *
 * <pre>
 *   report ─► max(collateral, quote and transfer key) ─► attest ─► open token ─► release ─► unwrap
 * </pre>
 *
 * What the sidecar itself does between the calls is not in the chain, nor is the vault's access
 * token, which nothing waits for unless it takes longer than all before the release.
 *
 * @param spans in the order of their beginning
 * @param fromNanos when the release began
 * @param toNanos when the key was there
 */
record Waterfall(List<Span> spans, long fromNanos, long toNanos) {

  private static final String RSA_DECRYPT = "159";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int COLUMNS = 50;

  Waterfall {
    spans = List.copyOf(spans);
  }

  double wallMillis() {
    return (toNanos - fromNanos) / NANOS_PER_MILLI;
  }

  /** The longest chain. */
  double boundMillis() {
    Span collateral = first(span -> span.what().startsWith("THIM"));
    Span attest = first(span -> span.detail().contains("/attest/"));
    Span release = last(span -> span.detail().endsWith("/release"));
    long report = tpm(span -> span.toNanos() <= collateral.fromNanos());
    long evidence =
        tpm(
            span ->
                span.fromNanos() >= collateral.fromNanos() && span.toNanos() <= attest.fromNanos());
    long opened =
        tpm(span -> span.fromNanos() >= attest.toNanos() && span.toNanos() <= release.fromNanos());
    long unwrapped = tpm(span -> span.fromNanos() >= release.toNanos());
    long chain = report + Math.max(collateral.nanos(), evidence) + attest.nanos() + opened;
    long token =
        spans.stream()
            .filter(span -> span.detail().contains("/identity/"))
            .mapToLong(Span::nanos)
            .max()
            .orElse(0);
    return (Math.max(chain, token) + release.nanos() + unwrapped) / NANOS_PER_MILLI;
  }

  private long tpm(Predicate<Span> when) {
    return spans.stream()
        .filter(span -> span.what().equals("TPM"))
        .filter(when)
        .mapToLong(Span::nanos)
        .sum();
  }

  private Span first(Predicate<Span> is) {
    return spans.stream().filter(is).findFirst().orElseThrow();
  }

  private Span last(Predicate<Span> is) {
    return spans.reversed().stream().filter(is).findFirst().orElseThrow();
  }

  /** One line for each service and each command that takes a millisecond. */
  void print(PrintWriter out) {
    for (Span span : spans) {
      if (span.nanos() >= NANOS_PER_MILLI) {
        out.println(line(span));
      }
    }
  }

  private String line(Span span) {
    double begun = (span.fromNanos() - fromNanos) / NANOS_PER_MILLI;
    double took = span.nanos() / NANOS_PER_MILLI;
    int from = (int) Math.min(COLUMNS - 1, begun / wallMillis() * COLUMNS);
    int length = Math.clamp(Math.round(took / wallMillis() * COLUMNS), 1, COLUMNS - from);
    String name = span.what().equals("TPM") ? "TPM " + command(span.detail()) : span.what();
    return String.format(
        Locale.ROOT,
        "    %-24s %7.1f %7.1f  %s%s",
        name,
        begun,
        took,
        " ".repeat(from),
        "█".repeat(length));
  }

  private static String command(String code) {
    return switch (code) {
      case "131" -> "CreatePrimary";
      case "148" -> "Certify";
      case "158" -> "Quote";
      case RSA_DECRYPT -> "RSA_Decrypt";
      case "14e" -> "NV_Read";
      default -> code;
    };
  }
}
