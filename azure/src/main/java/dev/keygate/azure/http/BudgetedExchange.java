package dev.keygate.azure.http;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.time.Duration;

/** Sends each request when the budget has a turn for it. Safe for use by several threads. */
public final class BudgetedExchange implements Exchange {

  private final Exchange exchange;
  private final RequestBudget budget;
  private final TimeSource time;

  /** Whoever shares the budget gives the same one to each exchange. */
  public BudgetedExchange(Exchange exchange, RequestBudget budget, TimeSource time) {
    this.exchange = exchange;
    this.budget = budget;
    this.time = time;
  }

  @Override
  public Answer send(Upstream upstream, Call call) throws FailureException, InterruptedException {
    Duration wait =
        budget
            .takeTurn()
            .orElseThrow(
                () ->
                    new UnavailableException(
                        upstream.unavailable(),
                        upstream.name()
                            + " at "
                            + call.address()
                            + " was not asked: too many requests of this process wait for it"
                            + " already; try again later"));
    time.sleep(wait);
    return exchange.send(upstream, call);
  }
}
