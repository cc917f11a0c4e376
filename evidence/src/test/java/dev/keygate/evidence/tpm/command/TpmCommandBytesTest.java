package dev.keygate.evidence.tpm.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.tpm.RecordedTpm;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmCommandBytesTest {

  private static final Pattern GOLDEN_LINE = Pattern.compile("(.+) (\\d+) ([0-9a-f]+)");

  @Test
  void equalTheBytesThatAnotherImplementationRecorded() throws IOException {
    Map<String, String> recorded = new LinkedHashMap<>();
    for (String line : RecordedTpm.file("azureguest/tpm_commands.txt").utf8().split("\n", -1)) {
      Matcher matcher = GOLDEN_LINE.matcher(line);
      if (matcher.matches()) {
        recorded.put(matcher.group(1), matcher.group(3));
      }
    }

    Map<String, String> written = new LinkedHashMap<>();
    GoldenCommands.byName().forEach((name, command) -> written.put(name, command.toBytes().hex()));

    assertThat(written).containsExactlyInAnyOrderEntriesOf(recorded);
  }

  @ParameterizedTest
  @CsvSource({
    "NV_ReadPublic 01400001, 80010000000e0000016901400001",
    "NV_Read(owner) 512@0,"
        + " 8002000000230000014e40000001014000010000000940000009000001000002000000",
    "ReadPublic AK, 80010000000e0000017381000003",
    "PCR_Read 0-7, 8001000000140000017e00000001000b03ff0000",
    "Quote AK,"
        + " 8002000000290000015881000003000000094000000900000100000000001000000001000b03ff0000",
    "Certify, 80020000002c000001488000000181000003000000124000000900000100004000000900000100000000"
        + "0010",
    "PolicyGetDigest, 80010000000e0000018903000000",
    "FlushContext, 80010000000e0000016503000000"
  })
  void areAsTheSpecificationLaysThemOut(String name, String hex) {
    TpmCommand<?> command = Objects.requireNonNull(GoldenCommands.byName().get(name));

    assertThat(command.toBytes().hex()).isEqualTo(hex);
  }
}
