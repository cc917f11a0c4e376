package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of everything that can happen to a key, its object and its operator; see {@link
 * ModelSequence}. A failure names the seed: {@code ./keygate model --seed N} tells what happened in
 * that one.
 */
class KeyModelTest {

  /** What {@code ./keygate model} shows when the run is over. */
  private static final Path TOLD = Path.of("target", "model.txt");

  private static final String SEED = "keygate.model.seed";
  private static final String MINUTES = "keygate.model.minutes";
  private static final int MOST_FAILURES = 5;

  /** Kept, because a level lasts as long as its logger. */
  private final java.util.logging.Logger chronicle =
      java.util.logging.Logger.getLogger(KeyChronicle.class.getName());

  private final ModelLab lab = new ModelLab();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  KeyModelTest() {
    chronicle.setLevel(Level.WARNING);
  }

  /** The same few sequences, unless {@code ./keygate model} asks for one, or for many. */
  @Test
  void everySequenceKeepsTheRules() {
    if (Long.getLong(SEED) != null) {
      tellOf(Long.getLong(SEED));
    } else if (Long.getLong(MINUTES) != null) {
      playFor(Duration.ofMinutes(Long.getLong(MINUTES)));
    } else {
      LongStream.range(0, 500).parallel().forEach(this::play);
    }

    assertThat(failures).isEmpty();
  }

  private void playFor(Duration asked) {
    TimeSource time = new SystemTime();
    long end = time.nanoTime() + asked.toNanos();
    AtomicLong seeds = new AtomicLong(time.now().getEpochSecond() * 1000);
    long first = seeds.get();
    IntStream.range(0, Runtime.getRuntime().availableProcessors())
        .parallel()
        .forEach(
            worker -> {
              while (time.nanoTime() < end && failures.size() < MOST_FAILURES) {
                play(seeds.getAndIncrement());
              }
            });
    tell(List.of((seeds.get() - first) + " sequences, from seed " + first + " on"));
  }

  private static void tell(List<String> lines) {
    try {
      Files.write(TOLD, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("what happened cannot be written down", e);
    }
  }

  private void tellOf(long seed) {
    ModelSequence sequence = new ModelSequence(lab, seed);
    sequence.listen();
    try {
      sequence.run();
    } finally {
      tell(Stream.concat(sequence.told().stream(), sequence.state().lines()).toList());
    }
  }

  private void play(long seed) {
    if (failures.size() >= MOST_FAILURES) {
      return;
    }
    ModelSequence sequence = new ModelSequence(lab, seed);
    try {
      sequence.run();
    } catch (RuntimeException | AssertionError e) {
      failures.add("./keygate model --seed " + seed + ": " + e);
    }
  }
}
