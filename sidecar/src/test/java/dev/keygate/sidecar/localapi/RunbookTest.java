package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunbookTest {

  @ParameterizedTest
  @EnumSource
  void explainsEveryCodeOfTheApi(ApiCode code) throws Exception {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));

    assertThat(runbook)
        .containsAnyOf(
            "\n#### " + code + "\n\nStatus " + code.status() + ".\n", "\n### " + code + "\n");
  }
}
