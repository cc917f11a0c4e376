package dev.keygate.evidence.tpm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What real TPMs said; a test that asks for it is skipped, with a reason, where it is absent. */
public final class RecordedTpm {

  private static final Pattern PCR =
      Pattern.compile("\"Digest\":\\s*\"([^\"]+)\",\\s*\"Index\":\\s*(\\d+)");

  private RecordedTpm() {}

  /** The content of a recorded file. */
  public static Bytes file(String name) throws IOException {
    Path file = Path.of(System.getProperty("keygate.vectors", "absent")).resolve(name);
    assumeTrue(Files.isRegularFile(file), "skipped: recorded evidence is absent: " + name);
    return Bytes.copyOf(Files.readAllBytes(file));
  }

  /** A member of the TpmInfo in the official AzureGuest example. */
  public static Bytes tpmInfo(String member) throws IOException {
    Matcher matcher = Pattern.compile("\"" + member + "\":\\s*\"([^\"]+)\"").matcher(tpmInfoJson());
    if (!matcher.find()) {
      throw new IOException("the official example has no " + member);
    }
    return Bytes.copyOf(Base64.getDecoder().decode(matcher.group(1)));
  }

  /** The PCR values in the official AzureGuest example. */
  public static PcrValues tpmInfoPcrs() throws IOException {
    TreeMap<Integer, Bytes> values = new TreeMap<>();
    Matcher matcher = PCR.matcher(tpmInfoJson());
    while (matcher.find()) {
      Bytes digest = Bytes.copyOf(Base64.getDecoder().decode(matcher.group(1)));
      values.put(Integer.valueOf(matcher.group(2)), digest);
    }
    return new PcrValues(values);
  }

  private static String tpmInfoJson() throws IOException {
    return file("azureguest/azureguest_tpminfo_official_example.json").utf8();
  }
}
