package dev.keygate.sidecar.meter;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Locale;

/**
 * An exchange whose calls are counted and timed.
 *
 * @param exchange sends them
 */
public record MeteredExchange(Exchange exchange, UpstreamMeter meter, TimeSource time)
    implements Exchange {

  private static final int STATUSES_PER_CLASS = 100;

  @Override
  public Answer send(Upstream upstream, Call call) throws FailureException, InterruptedException {
    long begin = time.nanoTime();
    try {
      Answer answer = exchange.send(upstream, call);
      add(upstream, begin, answer.status() / STATUSES_PER_CLASS + "xx");
      return answer;
    } catch (FailureException failure) {
      add(upstream, begin, failure.reason().kind().name().toLowerCase(Locale.ROOT));
      throw failure;
    }
  }

  private void add(Upstream upstream, long begin, String outcome) {
    meter.add(
        new UpstreamMeter.Ending(upstream.name(), outcome),
        Duration.ofNanos(time.nanoTime() - begin));
  }
}
