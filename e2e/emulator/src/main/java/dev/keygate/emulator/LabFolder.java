package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of a lab:
 *
 * <pre>
 *   lab.json            endpoints; there exactly while the lab is ready
 *   trust/tls-root.pem  what the services' certificates chain to
 *   trust/amd-root.pem  the root of the software processor vendor
 *   state/              keys and what else outlives the lab
 *   machines/           sockets and event logs
 * </pre>
 */
final class LabFolder {

  private final Path folder;

  LabFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(trust());
    Files.createDirectories(machines());
    Files.deleteIfExists(endpoints());
  }

  Path trust() {
    return folder.resolve("trust");
  }

  Path state() {
    return folder.resolve("state");
  }

  Path machines() {
    return folder.resolve("machines");
  }

  Path endpoints() {
    return folder.resolve("lab.json");
  }

  void writeTrust(String tlsRootPem, String amdRootPem) throws IOException {
    replace(trust().resolve("tls-root.pem"), tlsRootPem);
    replace(trust().resolve("amd-root.pem"), amdRootPem);
  }

  void writeEndpoints(JsonNode json) throws IOException {
    replace(endpoints(), json.toPrettyString() + "\n");
  }

  void removeEndpoints() throws IOException {
    Files.deleteIfExists(endpoints());
  }

  private static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, text.getBytes(UTF_8));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
