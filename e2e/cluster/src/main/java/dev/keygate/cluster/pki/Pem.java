package dev.keygate.cluster.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes RFC 7468 text. */
final class Pem {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static Path write(Path file, String label, byte[] der) throws IOException {
    String text =
        "-----BEGIN "
            + label
            + "-----\n"
            + LINES.encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n";
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
