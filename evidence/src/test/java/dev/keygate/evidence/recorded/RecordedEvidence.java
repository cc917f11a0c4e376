package dev.keygate.evidence.recorded;

import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Assumptions;

/** Evidence recorded on real machines; a test that reads it is skipped where it is absent. */
final class RecordedEvidence {

  /** All recorded certificates are valid at this time. */
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final Path FOLDER = Path.of(System.getProperty("keygate.vectors", "absent"));
  private static final String ABSENT =
      "skipped: the folder of recorded hardware evidence is absent: " + FOLDER;

  static {
    if (!Files.isDirectory(FOLDER)) {
      System.getLogger(RecordedEvidence.class.getName()).log(Level.WARNING, ABSENT);
    }
  }

  private RecordedEvidence() {}

  static Bytes bytes(String file) {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), ABSENT);
    try {
      return Bytes.copyOf(Files.readAllBytes(FOLDER.resolve(file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String text(String file) {
    return bytes(file).utf8();
  }

  /** The content of a file in standard base64. */
  static Bytes base64(String file) {
    return Bytes.copyOf(Base64.getMimeDecoder().decode(text(file)));
  }

  static String pemOf(Bytes der) {
    String base64 = Base64.getMimeEncoder().encodeToString(der.toArray());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }
}
