package dev.keygate.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {

  @Test
  void takesCommandsOfConsoleBlocksAlone() {
    Transcript read =
        Transcript.of(
            "a\n```console\n$ one\n1\n2\n$ two\n```\n```\n$ no\n```\n```console\n$ x\n```\n");

    assertThat(read.entries())
        .containsExactly(
            new Transcript.Entry("one", "1\n2"),
            new Transcript.Entry("two", ""),
            new Transcript.Entry("x", ""));
  }

  @Test
  void refusesOutputWithoutACommand() {
    assertThatIllegalArgumentException().isThrownBy(() -> Transcript.of("```console\nout\n```\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "a,a,true",
    "a … c,a b c,true",
    "…,anything,true",
    "a,b,false",
    "a,a b,false",
    "a,'',false",
    "a … c,a b d,false",
    "a.c,abc,false",
  })
  void comparesButWhatDiffersEachTime(String output, String printed, boolean isAnswer) {
    assertThat(new Transcript.Entry("c", output).isAnsweredBy(printed)).isEqualTo(isAnswer);
  }
}
