package dev.keygate.bench.sidecar;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects spans from several threads. */
final class Spans {

  private final TimeSource time;
  private final List<Span> spans = new ArrayList<>();

  Spans(TimeSource time) {
    this.time = time;
  }

  long now() {
    return time.nanoTime();
  }

  synchronized void add(Span span) {
    spans.add(span);
  }

  synchronized void clear() {
    spans.clear();
  }

  /** In the order of their beginning. */
  synchronized List<Span> all() {
    return spans.stream().sorted(Comparator.comparingLong(Span::fromNanos)).toList();
  }

  /** The same exchange, whose sends are spans. */
  Exchange observed(Exchange exchange) {
    return new Exchange() {
      @Override
      public Answer send(Upstream upstream, Call call)
          throws FailureException, InterruptedException {
        long from = now();
        try {
          return exchange.send(upstream, call);
        } finally {
          add(new Span(upstream.name(), call.uri().getPath(), from, now()));
        }
      }
    };
  }
}
