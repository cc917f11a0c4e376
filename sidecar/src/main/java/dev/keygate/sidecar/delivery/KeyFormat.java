package dev.keygate.sidecar.delivery;

import dev.keygate.sidecar.unwrap.KeyEncoding;
import java.nio.file.Path;
import java.util.Arrays;

/** The files in a version's folder: the same key, each time written otherwise. */
enum KeyFormat {
  /** One JSON object (RFC 7517). */
  JWK("key.jwk", KeyEncoding.JWK),
  /** PKCS #8 in PEM; not for symmetric keys. */
  PEM("key.pem", KeyEncoding.PKCS8_PEM),
  /** The octets of a symmetric key; of another one PKCS #8 in DER. */
  BIN("key.bin", KeyEncoding.RAW);

  private final String fileName;
  private final KeyEncoding encoding;

  KeyFormat(String fileName, KeyEncoding encoding) {
    this.fileName = fileName;
    this.encoding = encoding;
  }

  String fileName() {
    return fileName;
  }

  KeyEncoding encoding() {
    return encoding;
  }

  /** Whether a path ends with the name of one of the files. */
  static boolean isFile(Path path) {
    return Arrays.stream(values()).anyMatch(format -> path.endsWith(format.fileName));
  }
}
