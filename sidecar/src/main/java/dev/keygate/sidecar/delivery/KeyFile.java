package dev.keygate.sidecar.delivery;

import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file with a key: readable by its owner alone, there as a whole or not at all. */
public final class KeyFile {

  private KeyFile() {}

  /**
   * Writes the file, in place of one that may be there.
   *
   * @throws IOException if it cannot be written; then nothing is left behind
   */
  public static void write(Path file, SecretBytes text) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException("a folder is no file");
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path draft = Files.createTempFile(folder, ".keygate-", ".new", ownerOnly);
    try {
      try (FileChannel out = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
        text.reveal(Purpose.DELIVER, octets -> fill(out, octets));
        out.force(true);
      }
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static int fill(FileChannel out, byte[] octets) throws IOException {
    ByteBuffer remaining = ByteBuffer.wrap(octets);
    int written = 0;
    while (remaining.hasRemaining()) {
      written += out.write(remaining);
    }
    return written;
  }
}
