package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder in place of the kernel's: what is made there has the attributes that configfs gives. */
class ConfigfsTsmTest {

  private static final Bytes DATA = Bytes.fromHex("cd".repeat(64));

  @TempDir private Path folder;
  private final Map<String, String> attributes = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private Bytes written = Bytes.EMPTY;

  ConfigfsTsmTest() {
    attributes.put("provider", "sev_guest\n");
    attributes.put("inblob", "");
    attributes.put("outblob", "the report");
    attributes.put("generation", "1\n");
  }

  @Test
  void writesTheReportDataOnceAndReadsTheReport() throws Exception {
    ConfigfsTsm tsm = tsm();

    assertThat(tsm.report(DATA)).isEqualTo(Bytes.ofUtf8("the report"));
    assertThat(written).isEqualTo(DATA);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void usesAnEntryOfItsOwnEachTime() throws Exception {
    ConfigfsTsm tsm = tsm();

    tsm.report(DATA);
    tsm.report(DATA);

    assertThat(names).hasSize(2).allMatch(name -> name.matches("keygate-[0-9a-f]{16}"));
  }

  @ParameterizedTest
  @CsvSource({
    "provider, tdx_guest, ReportDeviceRefused",
    "provider, '', ReportDeviceRefused",
    "generation, 2, ReportDeviceUnavailable",
    "generation, 0, ReportDeviceUnavailable",
    "generation, '', ReportDeviceUnavailable"
  })
  void givesNoReportThatMayBeAnothers(String attribute, String value, Reason reason) {
    attributes.put(attribute, value);

    refuses(tsm(), reason);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"provider", "inblob", "outblob", "generation"})
  void saysThatTheKernelDoesNotHaveIt(String missing) {
    attributes.remove(missing);

    refuses(tsm(), Reason.ReportDeviceRefused);
  }

  @Test
  void saysThatConfigfsIsNotThere() {
    refuses(
        new ConfigfsTsm(folder.resolve("tsm"), new Served(), new SecureRandom()),
        Reason.ReportDeviceRefused);
  }

  private static void refuses(ConfigfsTsm tsm, Reason reason) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> tsm.report(DATA))
        .matches(refused -> refused.reason() == reason);
  }

  private ConfigfsTsm tsm() {
    return new ConfigfsTsm(folder, new Served(), new SecureRandom());
  }

  private final class Served implements ConfigfsTsm.Entries {

    @Override
    public void make(Path entry) throws IOException {
      Files.createDirectory(entry);
      names.add(entry.getFileName().toString());
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        Files.writeString(entry.resolve(attribute.getKey()), attribute.getValue());
      }
    }

    @Override
    public void remove(Path entry) throws IOException {
      if (Files.exists(entry.resolve("inblob"))) {
        written = Bytes.copyOf(Files.readAllBytes(entry.resolve("inblob")));
      }
      try (Stream<Path> files = Files.list(entry)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(entry);
    }
  }
}
