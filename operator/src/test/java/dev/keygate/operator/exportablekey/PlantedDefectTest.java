package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model's rules can fail: operators with a known defect break them within a few sequences. */
class PlantedDefectTest {

  private static final int MOST_SEQUENCES = 100;

  private static final ModelLab LAB = new ModelLab();

  /** Kept, because a level lasts as long as its logger. */
  private final Logger chronicle = Logger.getLogger(KeyChronicle.class.getName());

  PlantedDefectTest() {
    chronicle.setLevel(Level.WARNING);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByTheRuleThatForbidsIt(PlantedDefect defect) {
    assertThat(
            LongStream.range(0, MOST_SEQUENCES)
                .mapToObj(seed -> brokenRule(seed, defect))
                .flatMap(Optional::stream)
                .anyMatch(broken -> broken.contains(defect.rule())))
        .as("found within %s sequences by: %s", MOST_SEQUENCES, defect.rule())
        .isTrue();
  }

  private static Optional<String> brokenRule(long seed, ModelPorts ports) {
    try {
      new ModelSequence(LAB, seed, ports).run();
      return Optional.empty();
    } catch (ModelWorld.Broken e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
