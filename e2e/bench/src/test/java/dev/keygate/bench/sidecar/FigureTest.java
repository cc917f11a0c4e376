package dev.keygate.bench.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

  @ParameterizedTest
  @CsvSource({
    "0.0, true",
    "99.9, true",
    "100.0, true",
    "100.1, false",
    "Infinity, false",
    "NaN, false"
  })
  void holdsUpToItsBoundAndNotWhereNothingWasMeasured(double measured, boolean isHeld) {
    Figure figure = new Figure("one key", measured, 100, "ms");

    assertThat(figure.isHeld()).isEqualTo(isHeld);
    assertThat(figure.line()).endsWith(isHeld ? ": held" : ": NOT held");
  }

  @Test
  void saysNoVerdictWhereNothingIsAsked() {
    assertThat(Figure.unbounded("one key", 7, "ms").line()).endsWith("7.00 ms");
  }

  @Test
  void theReportEndsWithWhatDoesNotHold() {
    StringWriter text = new StringWriter();
    Report report = new Report(new PrintWriter(text));
    Figure missed = new Figure("slow", 2, 1, "s");
    report.add(new Figure("quick", 1, 2, "s"));
    report.add(missed);
    report.add(Figure.unbounded("counted", 3, "s"));

    report.conclude();

    assertThat(text.toString().lines().toList())
        .endsWith("1 of 2 bounds held; not held:", missed.line());
  }
}
