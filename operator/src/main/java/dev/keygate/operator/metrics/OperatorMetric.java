package dev.keygate.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Every metric of the operator's own, with its labels and the sentence that Prometheus shows as its
 * help. The values of labels come from closed lists: none names an object, a key or a vault.
 */
public enum OperatorMetric {
  RECONCILIATIONS(
      "keygate.reconciliations",
      Meter.Type.COUNTER,
      "Runs that ended, by the reason that the object's status then has.",
      "kind",
      "outcome"),
  QUEUE_LENGTH(
      "keygate.queue.length",
      Meter.Type.GAUGE,
      "How many objects are due and wait to be run.",
      "kind"),
  QUEUE_LONGEST_WAIT(
      "keygate.queue.longest.wait.seconds",
      Meter.Type.GAUGE,
      "How long the one has been waiting to be run who waits longest.",
      "kind"),
  VAULT_CALLS(
      "keygate.vault.calls",
      Meter.Type.COUNTER,
      "Calls of vaults; OK, or the reason of the failure.",
      "operation",
      "result"),
  VAULT_CALL("keygate.vault.call", Meter.Type.TIMER, "How long calls of vaults took.", "operation"),
  VAULT_TURN_WAIT(
      "keygate.vault.turn.wait",
      Meter.Type.TIMER,
      "How long whoever called a vault had waited for its turn; 0 where the vault had room.",
      "call"),
  VAULT_QUEUE_LENGTH(
      "keygate.vault.queue.length",
      Meter.Type.GAUGE,
      "How many objects wait for their turn, over all vaults.",
      "call"),
  VAULT_QUEUE_LONGEST_WAIT(
      "keygate.vault.queue.longest.wait.seconds",
      Meter.Type.GAUGE,
      "How long the one has been waiting for its turn who waits longest.",
      "call"),
  LEADER("keygate.leader", Meter.Type.GAUGE, "1 on the replica that keeps keys, 0 on the others."),
  ADMISSIONS(
      "keygate.admissions",
      Meter.Type.COUNTER,
      "Pods that the webhook looked at; the reason is that of a refusal.",
      "outcome",
      "reason"),
  ADMISSION("keygate.admission", Meter.Type.TIMER, "How long the webhook looked at a pod.");

  private final String meterName;
  private final Meter.Type type;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is; its type does not say so
  private final List<String> labels;

  OperatorMetric(String meterName, Meter.Type type, String help, String... labels) {
    this.meterName = meterName;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** As Micrometer has it, with dots. */
  public String meterName() {
    return meterName;
  }

  /** Which suffix Prometheus gives it: {@code _total}, {@code _seconds} or none. */
  public Meter.Type type() {
    return type;
  }

  /** One sentence. */
  public String help() {
    return help;
  }

  /** In the order in which their values are given. */
  public List<String> labels() {
    return labels;
  }

  /**
   * This counter.
   *
   * @param values of the labels, in their order
   */
  public Counter counter(MeterRegistry registry, String... values) {
    return Counter.builder(meterName).description(help).tags(tags(values)).register(registry);
  }

  /**
   * This timer, with its median and 99th percentile over the last minutes.
   *
   * @param values of the labels, in their order
   */
  public Timer timer(MeterRegistry registry, String... values) {
    return Timer.builder(meterName)
        .description(help)
        .publishPercentiles(0.5, 0.99)
        .tags(tags(values))
        .register(registry);
  }

  /**
   * Shows what this says of something, which is kept for as long as the registry lasts.
   *
   * @param values of the labels, in their order
   */
  public <T> void gauge(
      MeterRegistry registry, T something, ToDoubleFunction<T> value, String... values) {
    Gauge.builder(meterName, something, value)
        .description(help)
        .tags(tags(values))
        .strongReference(true)
        .register(registry);
  }

  private Tags tags(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(
          meterName + " has the labels " + labels + ", found " + values.length + " values");
    }
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(labels.get(i), values[i]);
    }
    return tags;
  }
}
