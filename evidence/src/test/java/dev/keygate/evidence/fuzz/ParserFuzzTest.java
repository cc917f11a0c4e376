package dev.keygate.evidence.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each parser reads any input or throws its one exception. Which parser is fuzzed is the property
 * {@code keygate.fuzz.parser}; without it all are, and the first octet of the input says which.
 */
class ParserFuzzTest {

  private static final String PARSER = System.getProperty("keygate.fuzz.parser", "every");
  private static final FuzzedParser[] ALL = FuzzedParser.values();

  static Stream<Arguments> seeds() throws GeneralSecurityException {
    if (!isEvery()) {
      return SeedCorpus.of(FuzzedParser.named(PARSER)).map(seed -> Arguments.of(seed.toArray()));
    }
    Stream.Builder<Arguments> seeds = Stream.builder();
    for (int index = 0; index < ALL.length; index++) {
      Bytes choice = Bytes.copyOf(new byte[] {(byte) index});
      SeedCorpus.of(ALL[index])
          .map(seed -> Arguments.of(Bytes.concat(choice, seed).toArray()))
          .forEach(seeds::add);
    }
    return seeds.build();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "5s")
  void readsOrRefuses(byte[] input) {
    Bytes bytes = Bytes.copyOf(input);
    try {
      if (!isEvery()) {
        FuzzedParser.named(PARSER).parse(bytes);
      } else if (!bytes.isEmpty()) {
        ALL[bytes.at(0) % ALL.length].parse(bytes.slice(1, bytes.size() - 1));
      }
    } catch (EvidenceFormatException refused) {
      if (refused.expected().isEmpty()) {
        throw new AssertionError("a failure that does not say what was expected", refused);
      }
    }
  }

  private static boolean isEvery() {
    return PARSER.equals("every");
  }
}
