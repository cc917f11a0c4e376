package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keygate.emulator.state.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a client of the lab has to trust, public to everybody.
 *
 * @param tlsPem the root that the services' certificates chain to
 * @param amdPem the root of the software processor vendor
 */
record LabRoots(String tlsPem, String amdPem) {

  private static final String MODE = "r--r--r--";

  /** Writes tls-root.pem and amd-root.pem into a folder, which is made where absent. */
  void writeTo(Path folder) throws IOException {
    WholeFile.folder(folder, "rwxr-xr-x");
    WholeFile.write(folder.resolve("tls-root.pem"), tlsPem.getBytes(UTF_8), MODE);
    WholeFile.write(folder.resolve("amd-root.pem"), amdPem.getBytes(UTF_8), MODE);
  }
}
