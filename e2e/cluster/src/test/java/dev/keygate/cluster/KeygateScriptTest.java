package dev.keygate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs a copy of the script in a folder of its own, with a stand-in for Maven and for the JDK. */
class KeygateScriptTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Path SOURCE = Path.of("..", "..", "keygate");
  private static final String JAR = "e2e/scenarios/target/keygate-scenarios-1.jar";

  private static final String PARSERS =
      "evidence/src/test/java/dev/keygate/evidence/fuzz/FuzzedParser.java";

  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = --version ]; then echo 'Apache Maven 3.9.1 (x)'; exit 0; fi
      echo "$*" >>maven-calls
      echo '[INFO] Building Keygate kinds 0.1.0-SNAPSHOT       [2/10]'
      echo '[INFO] some noise'
      echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in a.B'
      echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'
      mkdir -p e2e/scenarios/target && touch e2e/scenarios/target/keygate-scenarios-1.jar
      """;

  @TempDir private Path root;
  private final ChildProcesses children = ChildProcesses.open(new SystemTime());

  @BeforeEach
  void layOut() throws IOException {
    executable("keygate", Files.readString(SOURCE));
    executable("tools/mvn", MAVEN);
    Path parsers = root.resolve(PARSERS);
    Files.createDirectories(parsers.getParent());
    Files.writeString(parsers, "enum FuzzedParser {\n  SNP_REPORT,\n  EVENT_LOG;\n  OTHER\n}\n");
    // Hides a JDK that this machine may have on its path.
    executable("tools/javac", "#!/bin/sh\n");
    executable("jvm/jdk/bin/java", "#!/bin/sh\necho java \"$@\"\n");
    executable("jvm/jdk/bin/javac", "#!/bin/sh\n");
    Files.writeString(root.resolve("jvm/jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
    Files.writeString(root.resolve("pom.xml"), "<project>\n  <version>1</version>\n</project>\n");
  }

  @AfterEach
  void stopAll() {
    children.close();
  }

  @Test
  void helpListsExactlyTheCommandsThereAre() throws Exception {
    String script = Files.readString(SOURCE);
    Set<String> run =
        matches("(?m)^    ([a-z]+)(?: \\| --help \\| -h)?\\) (?:run_|help_all)", script);
    Set<String> listed = matches("(?m)^  ([a-z]+) +[a-z]", keygate("help").stdout());

    assertThat(listed)
        .isEqualTo(run)
        .contains("demo", "test", "lab", "images", "bench", "fuzz", "model", "help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "test", "lab", "images", "bench", "fuzz", "model"})
  void everyCommandHasItsHelp(String command) throws Exception {
    CommandResult help = keygate(command, "anything", "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.stdout()).contains("usage: ./keygate " + command);
    assertThat(root.resolve("maven-calls")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frob", "", "--yes", "Demo"})
  void unknownCommandIsOneSentenceAndExitCodeTwo(String command) throws Exception {
    CommandResult result = keygate(command);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr().lines()).hasSize(1);
  }

  @Test
  void withoutAJdkItSaysSoAndFetchesNothing() throws Exception {
    Files.writeString(root.resolve("jvm/jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");

    CommandResult result = keygate("demo");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.stderr().lines()).hasSize(1);
    assertThat(root.resolve("cache")).doesNotExist();
  }

  @Test
  void unreachableJdkLeavesNoUnfinishedFolder() throws Exception {
    Files.delete(root.resolve("jvm/jdk/release"));

    CommandResult result = keygate("demo", "--yes");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(root.resolve("cache/keygate/jdk")).isEmptyDirectory();
  }

  @Test
  void testsAreRunByMavenWithTheUsersArgumentsAndSummarised() throws Exception {
    CommandResult result = keygate("test", "--yes", "-pl", "crds");

    assertThat(result.exitCode()).isZero();
    assertThat(calls()).containsExactly("--batch-mode --no-transfer-progress verify -pl crds");
    assertThat(result.stdout())
        .contains("2/10 Keygate kinds\n")
        .contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0\n")
        .doesNotContain("noise")
        .doesNotContain("a.B");
    assertThat(root.resolve("target/build.log")).content().contains("noise");
  }

  @Test
  void aParserIsFuzzedAloneForItsMinutes() throws Exception {
    executable("tools/mvn", MAVEN + "echo 'Done 168155 runs in 600 second(s)'\n");

    CommandResult result = keygate("fuzz", "event-log", "10");

    assertThat(result.exitCode()).isZero();
    assertThat(calls().getFirst())
        .contains("verify -pl config/house,evidence ")
        .contains(" -Dkeygate.fuzz.only=true")
        .contains(" -Dkeygate.fuzz.parser=event-log")
        .endsWith(" -Dkeygate.fuzz.duration=10m");
    assertThat(result.stdout()).contains("Done 168155 runs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "snp-report",
        "snp-report 0",
        "snp-report x",
        "other 1",
        "SNP_REPORT 1",
        "e 1"
      })
  void whatCannotBeFuzzedIsOneSentenceAndExitCodeTwo(String arguments) throws Exception {
    CommandResult result = keygate(("fuzz " + arguments).strip().split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr().lines()).hasSize(1);
    assertThat(root.resolve("maven-calls")).doesNotExist();
  }

  @Test
  void aFindingIsAFailure() throws Exception {
    executable("tools/mvn", MAVEN + "exit 1\n");

    assertThat(keygate("fuzz", "snp-report", "1").exitCode()).isEqualTo(1);
  }

  @Test
  void helpOfFuzzListsTheParsersThatTheCodeHas() throws Exception {
    assertThat(keygate("fuzz", "--help").stdout()).contains("snp-report event-log\n");
    Path code = SOURCE.resolveSibling(PARSERS);
    assertThat(matches("(?m)^      case ([A-Z_]+) ->", Files.readString(code)))
        .isEqualTo(matches("(?m)^  ([A-Z_]+)[,;]$", Files.readString(code)))
        .contains("SNP_REPORT");
  }

  @Test
  void sequencesInMemoryAreATestOfTheOperator() throws Exception {
    assertThat(keygate("model", "10").exitCode()).isZero();
    assertThat(keygate("model", "--seed", "93").exitCode()).isZero();

    assertThat(calls()).hasSize(2);
    assertThat(calls().getFirst()).endsWith(" -Dkeygate.model.minutes=10");
    assertThat(calls().getLast()).endsWith(" -Dkeygate.model.seed=93");
  }

  @Test
  void sequencesOnRealProcessesAreAProgramOfTheScenarios() throws Exception {
    assertThat(keygate("model", "--real", "100", "--seed", "7").stdout())
        .endsWith(
            "java -cp "
                + realRoot()
                + "/"
                + JAR
                + " dev.keygate.scenarios.sequences.SequencesMain --real 100 --seed 7\n");
    assertThat(keygate("model", "--real", "1").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "x",
        "1 2",
        "--seed",
        "--seed x",
        "--real",
        "--real 0",
        "--real 1 --seed",
        "--real 1 --sed 2",
        "--real 1 --seed x"
      })
  void whatIsNoSequenceIsOneSentenceAndExitCodeTwo(String arguments) throws Exception {
    CommandResult result = keygate(("model " + arguments).strip().split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr().lines()).hasSize(1);
    assertThat(root.resolve("maven-calls")).doesNotExist();
  }

  @Test
  void failedTestsAreAFailure() throws Exception {
    executable("tools/mvn", MAVEN + "echo '[ERROR] a test failed'\nexit 1\n");

    CommandResult result = keygate("test");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).contains("[ERROR] a test failed");
  }

  @Test
  void demoIsBuiltOnceAndAgainWhenASourceChanges() throws Exception {
    assertThat(keygate("demo", "--fast").stdout())
        .endsWith("java -jar " + realRoot() + "/" + JAR + " --fast\n");
    keygate("demo");
    assertThat(calls()).hasSize(1);

    Path source = root.resolve("crds/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2200-01-01T00:00:00Z")));
    keygate("demo");
    assertThat(calls()).hasSize(2);

    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    Files.delete(root.resolve(JAR));
    keygate("demo");
    assertThat(calls()).hasSize(3);
  }

  @Test
  void failedBuildShowsTheEndOfItsLogAndRunsNothing() throws Exception {
    executable("tools/mvn", MAVEN + "echo the end of the log\nexit 1\n");

    CommandResult result = keygate("demo");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("the end of the log");
    assertThat(result.stdout()).isEmpty();
  }

  @Test
  void interruptEndsMavenAndWhatMavenStarted() throws Exception {
    executable("tools/mvn", MAVEN + "sleep 300 & echo $! >forked; sleep 300\n");
    ChildProcess script =
        children.start(ChildCommand.of("keygate", line("test"), root.resolve("log")));
    Path forked = root.resolve("forked");
    script.awaitReady(() -> Files.exists(forked) && Files.size(forked) > 0, MINUTE);

    ProcessHandle.of(script.pid()).ifPresent(ProcessHandle::destroy);

    assertThat(script.awaitExit(MINUTE)).isEqualTo(OptionalInt.of(130));
    long pid = Long.parseLong(Files.readString(forked).strip());
    ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  private CommandResult keygate(String... arguments) throws Exception {
    return children.run(line(arguments), Map.of(), "", MINUTE);
  }

  private List<String> line(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "env",
                "--ignore-environment",
                "HOME=" + root,
                "PATH=" + root.resolve("tools") + ":/usr/bin:/bin",
                "XDG_CACHE_HOME=" + root.resolve("cache"),
                "KEYGATE_JVM_FOLDERS=" + root.resolve("jvm"),
                // Nothing listens on this port.
                "KEYGATE_ADOPTIUM=http://127.0.0.1:1",
                root.resolve("keygate").toString()));
    line.addAll(List.of(arguments));
    return line;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(root.resolve("maven-calls"));
  }

  private Path realRoot() throws IOException {
    return root.toRealPath();
  }

  private void executable(String name, String script) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Set<String> matches(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
