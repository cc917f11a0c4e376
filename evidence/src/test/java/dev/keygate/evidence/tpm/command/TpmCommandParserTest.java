package dev.keygate.evidence.tpm.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TpmCommandParserTest {

  static Stream<TpmCommand<?>> commands() {
    return Stream.concat(GoldenCommands.byName().values().stream(), Stream.of(new GetRandom(16)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void readsWhatWasWritten(TpmCommand<?> command) {
    ParsedCommand parsed = TpmCommandParser.parse(command.toBytes());

    assertThat(parsed).isEqualTo(new ParsedCommand.Understood(command, command.authorizations()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refusesEveryTruncation(TpmCommand<?> command) {
    Bytes whole = command.toBytes();
    List<Integer> understood = new ArrayList<>();
    for (int size = 0; size < whole.size(); size++) {
      if (TpmCommandParser.parse(withSize(whole.slice(0, size)))
          instanceof ParsedCommand.Understood) {
        understood.add(size);
      }
    }

    assertThat(understood).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, '', 142",
    "shorter than a header, 800100000009000001, 142",
    "neither of the tags, 00c40000000e0000016901400001, 1e",
    "size of another command, 80010000000f0000016901400001, 142",
    "unknown command, 80010000000e0000010001400001, 143",
    "no handle, 80010000000a00000169, 19a",
    "sessions where none belong, 80020000001b000001690140000100000009400000090000010000, 145",
    "no sessions where one belongs, 8001000000120000014e4000000101400001, 125",
    "session area longer than the command,"
        + " 8002000000230000014e40000001014000010000001940000009000001000002000000, 144",
    "session area too short for a session,"
        + " 8002000000230000014e40000001014000010000000840000009000001000002000000, 144",
    "parameter missing, 8002000000210000014e4000000101400001000000094000000900000100000200, 2da",
    "bytes after the last parameter, 80010000000f000001690140000100, 95",
    "PCR bank SHA-1, 8001000000140000017e000000010004 03ff0000, 1c4",
    "PCR that is none, 80020000004100000182000000180000000940000009000001000000000001000b"
        + "0000000000000000000000000000000000000000000000000000000000000000, 184",
    "session bound to a key,"
        + " 80010000002f0000017640000007810000030014000000000000000000000000000000000000000000000100"
        + "10000b, 284",
    "HMAC session,"
        + " 80010000002f0000017640000007400000070014000000000000000000000000000000000000000000000000"
        + "10000b, 3c4"
  })
  void answersMalformedCommandsAsATpmDoes(String defect, String hex, String code) {
    ParsedCommand parsed = TpmCommandParser.parse(Bytes.fromHex(hex.replace(" ", "")));

    assertThat(parsed)
        .as(defect)
        .isEqualTo(new ParsedCommand.Malformed(new TpmResponseCode(Integer.parseInt(code, 16))));
  }

  @Property(tries = 2000)
  void hasAnAnswerForAnyParameters(@ForAll @Size(max = 300) byte[] tail, @ForAll int choice) {
    List<TpmCommand<?>> all = commands().toList();
    Bytes whole = all.get(Math.floorMod(choice, all.size())).toBytes();
    int kept = Math.min(whole.size(), 10 + Math.floorMod(choice >> 8, whole.size()));
    Bytes mutated = withSize(Bytes.concat(whole.slice(0, kept), Bytes.copyOf(tail)));

    assertThat(TpmCommandParser.parse(mutated)).isNotNull();
  }

  @Property
  void hasAnAnswerForAnyBytes(@ForAll byte[] bytes) {
    assertThat(TpmCommandParser.parse(Bytes.copyOf(bytes))).isNotNull();
  }

  /** The same bytes with a size field that is true. */
  private static Bytes withSize(Bytes bytes) {
    byte[] octets = bytes.toArray();
    for (int i = 0; i < 4 && octets.length >= 6; i++) {
      octets[2 + i] = (byte) (octets.length >>> (24 - 8 * i));
    }
    return Bytes.copyOf(octets);
  }
}
