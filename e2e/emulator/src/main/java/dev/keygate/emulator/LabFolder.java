package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.platform.MachineFolder;
import dev.keygate.emulator.state.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The files of a lab:
 *
 * <pre>
 *   lab.json             endpoints; there exactly while the lab is ready
 *   trust/tls-root.pem   what the services' certificates chain to
 *   trust/amd-root.pem   the root of the software processor vendor
 *   state/               keys and what else outlives the lab
 *   machines/NAME/       all that a sidecar on a machine needs, to be mounted where it runs:
 *     tpm.sock, binary_bios_measurements, trust/
 *   lab.lock             held while a lab runs here
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
    Files.createDirectories(folder);
    this.lock = lock(folder);
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

  MachineFolder machine(String name) {
    return new MachineFolder(
        folder.resolve("machines").resolve(name), state().resolve("machines").resolve(name));
  }

  Path endpoints() {
    return folder.resolve("lab.json");
  }

  void writeEndpoints(JsonNode json) throws IOException {
    byte[] text = (json.toPrettyString() + "\n").getBytes(UTF_8);
    WholeFile.write(endpoints(), text, "rw-r--r--");
  }

  /** Removes lab.json and lets another lab have the folder. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(endpoints());
    lock.close();
  }
}
