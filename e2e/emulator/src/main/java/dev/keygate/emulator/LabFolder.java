package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The files of a lab:
 *
 * <pre>
 *   lab.json            endpoints; there exactly while the lab is ready
 *   trust/tls-root.pem  what the services' certificates chain to
 *   trust/amd-root.pem  the root of the software processor vendor
 *   state/              keys and what else outlives the lab
 *   machines/           sockets and event logs
 *   lab.lock            held while a lab runs here
 * </pre>
 */
final class LabFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  /**
   * @throws IOException if the folder cannot be written, or another lab runs in it
   */
  LabFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(trust());
    this.lock = lock(folder);
    Files.createDirectories(machines());
    Files.deleteIfExists(endpoints());
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lab.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException sameProcess) {
      // Falls through to the refusal: the other lab is in this process.
    }
    channel.close();
    throw new IOException("another lab runs in " + folder + "; end it or name another folder");
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

  /** Removes lab.json and lets another lab have the folder. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(endpoints());
    lock.close();
  }

  private static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, text.getBytes(UTF_8));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
