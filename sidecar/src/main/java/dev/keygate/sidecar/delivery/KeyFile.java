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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file with a key: there as a whole or not at all. */
public final class KeyFile {

  private static final Set<PosixFilePermission> OWNER_ALONE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(OWNER_ALONE);
  private static final int BLOCK_BYTES = 4096;

  private KeyFile() {}

  /**
   * Writes the file, readable by its owner alone, in place of one that may be there.
   *
   * @throws IOException if it cannot be written; then nothing is left behind
   */
  public static void write(Path file, SecretBytes text) throws IOException {
    write(file, text, OWNER_ALONE);
  }

  /** The same with other permissions, which the file has before it is seen. */
  static void write(Path file, SecretBytes text, Set<PosixFilePermission> permissions)
      throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException("a folder is no file");
    }
    Path draft = Files.createTempFile(folder, ".keygate-", ".new", FOR_OWNER_ALONE);
    try {
      try (FileChannel out = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
        text.reveal(Purpose.DELIVER, octets -> fill(out, octets));
        out.force(true);
      }
      Files.setPosixFilePermissions(draft, permissions);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Overwrites a file with zeros, then deletes it. */
  static void wipe(Path file) throws IOException {
    Files.setPosixFilePermissions(file, OWNER_ALONE);
    try (FileChannel out = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
      ByteBuffer zeros = ByteBuffer.allocate(BLOCK_BYTES);
      for (long left = out.size(); left > 0; left -= zeros.limit()) {
        zeros.clear().limit((int) Math.min(left, BLOCK_BYTES));
        while (zeros.hasRemaining()) {
          out.write(zeros);
        }
      }
    }
    Files.delete(file);
  }

  /**
   * Through a buffer outside the heap that is zeroed: from one on the heap the JDK would copy into
   * a buffer of its own, which it keeps and never zeroes.
   */
  private static int fill(FileChannel out, byte[] octets) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(octets.length);
    buffer.put(octets).flip();
    int written = 0;
    try {
      while (buffer.hasRemaining()) {
        written += out.write(buffer);
      }
      return written;
    } finally {
      buffer.clear();
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0);
      }
    }
  }
}
