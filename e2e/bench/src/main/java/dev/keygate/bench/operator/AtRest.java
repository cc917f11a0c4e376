package dev.keygate.bench.operator;

import static dev.keygate.bench.operator.Figures.seconds;

import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the operator needs while nobody changes anything. */
final class AtRest {

  /** Where only the memory matters. */
  private static final Duration GLANCE = Duration.ofSeconds(10);

  /**
   * The default resync interval: every key is compared once meanwhile, as fast as the budget lets
   * it, and then nothing happens until the next one is due.
   */
  private static final Duration WATCHED = Duration.ofMinutes(10);

  /** Until what came with the start is done. */
  private static final Duration SETTLING = Duration.ofSeconds(30);

  /** Until the code that is hot is compiled. */
  private static final Duration WARMING = Duration.ofMinutes(5);

  private static final double MOST_OF_CORE_PERCENT = 2;
  private static final double MOST_MEBIBYTES = 400;
  private static final double MOST_KIBIBYTES_PER_KEY = 24;

  private final OperatorSite site;
  private final Figures figures;
  private final TimeSource time;

  AtRest(OperatorSite site, Figures figures) {
    this.site = site;
    this.figures = figures;
    this.time = site.plan().children().time();
  }

  /**
   * What was measured.
   *
   * @param keys how many there were
   * @param residentBytes at the end
   * @param corePercent of one core, over the time that was watched
   */
  record Sample(int keys, long residentBytes, double corePercent) {

    /** What each key costs that this has and the other has not. */
    double bytesPerKeyBeyond(Sample fewer) {
      return (double) (residentBytes - fewer.residentBytes) / (keys - fewer.keys);
    }
  }

  /** Of an operator that has been started with so many keys, all of them ready. */
  Sample sample(int keys) throws Surprise, IOException, InterruptedException {
    try (OperatorRun operator = OperatorRun.start(site, OperatorRun.Limits.DOCUMENTED)) {
      time.sleep(SETTLING);
      return sample(operator, keys, GLANCE);
    }
  }

  private Sample sample(OperatorRun operator, int keys, Duration watched)
      throws IOException, InterruptedException {
    Duration before = operator.processorTime();
    double looksBefore = looks(operator);
    time.sleep(watched);
    double percent = 100 * seconds(operator.processorTime().minus(before)) / seconds(watched);
    Sample sample = new Sample(keys, operator.residentBytes(), percent);
    figures.say(
        keys + " keys at rest",
        String.format(
            Locale.ROOT,
            "%.1f %% of a core at %.1f looks at vaults/s, %s",
            percent,
            (looks(operator) - looksBefore) / seconds(watched),
            Figures.inMebibytes(sample.residentBytes())));
    return sample;
  }

  /**
   * Holds it against the bounds.
   *
   * @param fewer with a part of the keys, by their number
   * @param count of all keys
   * @param some of them, which are edited
   */
  void judge(List<Sample> fewer, int count, BenchKeys some)
      throws Surprise, IOException, FailureException, InterruptedException {
    try (OperatorRun operator = OperatorRun.start(site, OperatorRun.Limits.DOCUMENTED)) {
      time.sleep(SETTLING);
      List<Sample> samples = new ArrayList<>(fewer);
      samples.add(sample(operator, count, GLANCE));
      judgeGrowth(samples);
      time.sleep(WARMING);
      judgeAll(sample(operator, count, WATCHED));
      figures.say(new Edits(site, some).measure());
    }
  }

  private void judgeAll(Sample all) {
    figures.say(new Bound("  one core's share", all.corePercent(), MOST_OF_CORE_PERCENT, "%"));
    figures.say(
        new Bound("  memory", Figures.mebibytes(all.residentBytes()), MOST_MEBIBYTES, "MiB"));
  }

  private void judgeGrowth(List<Sample> samples) {
    for (int next = 1; next < samples.size(); next++) {
      Sample more = samples.get(next);
      Sample fewer = samples.get(next - 1);
      figures.say(
          new Bound(
              "  each key beyond " + fewer.keys() + ", to " + more.keys(),
              more.bytesPerKeyBeyond(fewer) / 1024,
              MOST_KIBIBYTES_PER_KEY,
              "KiB"));
    }
  }

  private static double looks(OperatorRun operator) throws IOException, InterruptedException {
    return operator.metric("keygate_vault_calls_total", "operation=\"get\"");
  }
}
