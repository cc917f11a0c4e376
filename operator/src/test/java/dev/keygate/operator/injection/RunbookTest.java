package dev.keygate.operator.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunbookTest {

  @ParameterizedTest
  @EnumSource
  void explainsEveryRefusal(InjectionRefusal refusal) throws Exception {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));

    assertThat(runbook).contains("\n- **" + refusal + "**: ");
  }
}
