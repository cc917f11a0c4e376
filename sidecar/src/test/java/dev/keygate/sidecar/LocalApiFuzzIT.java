package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.keygate.sidecar.testing.RawCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis reads the API's own description and calls what it finds there with whatever it can
 * think of. Fetched from PyPI into target once; where that is not to be had the test is skipped,
 * and fails where CI is true.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LocalApiFuzzIT {

  private static final String VERSION = "4.32.5";
  private static final Path TOOL = Path.of("target", "schemathesis-" + VERSION).toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void keepsItsDescription() throws Exception {
    requireTool();
    try (LabSidecar sidecar = LabSidecar.start(folder)) {
      String base = "http://127.0.0.1:" + sidecar.port();

      Finished run =
          run(
              TOOL.resolve("bin/schemathesis").toString(),
              "run",
              base + "/v1/openapi.json",
              "--url=" + base,
              "--header=Authorization: Bearer " + sidecar.token(),
              "--checks=all",
              // What it holds for malformed is sometimes only unknown: a body may have more
              // members.
              // Streams of events do not end, which it cannot read.
              "--exclude-checks=negative_data_rejection,positive_data_acceptance",
              "--exclude-path=/v1/keys/{name}/events",
              "--suppress-health-check=all",
              "--max-examples=60",
              "--seed=8250",
              "--request-timeout=20",
              "--no-color");

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("passed").doesNotContain("No operations");
      assertThat(sidecar.call("POST", "/v1/keys/session/material", "{}"))
          .extracting(RawCall.Reply::status)
          .isEqualTo(200);
    }
  }

  /** A check that cannot fail would be none. */
  @Test
  void noticesADescriptionThatIsNotKept() throws Exception {
    requireTool();
    try (LabSidecar sidecar = LabSidecar.start(folder)) {
      String base = "http://127.0.0.1:" + sidecar.port();
      String wrong =
          sidecar.call("GET", "/v1/openapi.json", "").body().replace("\"Served\"", "\"Held\"");
      Path description = Files.writeString(folder.resolve("wrong.json"), wrong);

      Finished run =
          run(
              TOOL.resolve("bin/schemathesis").toString(),
              "run",
              description.toString(),
              "--url=" + base,
              "--header=Authorization: Bearer " + sidecar.token(),
              "--checks=response_schema_conformance",
              "--include-path=/v1/keys",
              "--suppress-health-check=all",
              "--max-examples=5",
              "--no-color");

      assertThat(run.status()).as(run.output()).isEqualTo(1);
    }
  }

  private static void requireTool() throws IOException, InterruptedException {
    if (Files.isExecutable(TOOL.resolve("bin/schemathesis"))) {
      return;
    }
    Finished made = run("python3", "-m", "venv", TOOL.toString());
    if (made.status() == 0) {
      made =
          run(
              TOOL.resolve("bin/pip").toString(),
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "schemathesis==" + VERSION);
    }
    if (made.status() == 0) {
      return;
    }
    String sentence =
        "Schemathesis "
            + VERSION
            + " could not be had from PyPI, so the local API was NOT attacked with it: "
            + made.output();
    if ("true".equals(System.getenv("CI"))) {
      fail(sentence);
    }
    abort(sentence);
  }

  private record Finished(int status, String output) {}

  private static Finished run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    Path output = Files.createTempFile("keygate-tool", ".log");
    try {
      Process process =
          new ProcessBuilder(words)
              // It leaves a folder of its own where it runs.
              .directory(TOOL.resolveSibling("").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Finished(process.waitFor(), Files.readString(output));
    } catch (IOException missing) {
      return new Finished(127, missing.toString());
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
