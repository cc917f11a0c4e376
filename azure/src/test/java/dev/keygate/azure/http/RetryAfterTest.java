package dev.keygate.azure.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                             | 0
          10                            | 10
          999999999                     | 3600
          Sun, 22 Nov 2026 12:00:30 GMT | 30
          Sun, 22 Nov 2026 11:00:00 GMT | 0
          Tue, 22 Nov 2033 12:00:30 GMT | 3600
          """)
  void readsSecondsAndDatesWithinBounds(String value, long seconds) {
    assertThat(RetryAfter.parse(value, FakeTime.START)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999", "Sun, 99 Nov 2026"})
  void ignoresAnythingElse(String value) {
    assertThat(RetryAfter.parse(value, FakeTime.START)).isEmpty();
  }
}
