package dev.keygate.images.content;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file or folder of an image. Owner 0:0 and the same time for all are given by whoever writes it.
 *
 * @param path in the image, absolute
 * @param source a file, or a folder for a folder, of this machine
 * @param mode who may do what with it
 */
public record ImageEntry(String path, Path source, Mode mode) {

  /** Permissions; nothing in an image is for its owner alone, as any user may be running it. */
  public enum Mode {
    FILE(0644),
    PROGRAM(0755),
    FOLDER(0755);

    private final int bits;

    Mode(int bits) {
      this.bits = bits;
    }

    /** As in chmod. */
    public int bits() {
      return bits;
    }
  }

  /** A file as it lies here; whoever may run it here may run it there. */
  public static ImageEntry of(String path, Path source) {
    Mode mode = Mode.FILE;
    if (Files.isDirectory(source)) {
      mode = Mode.FOLDER;
    } else if (Files.isExecutable(source)) {
      mode = Mode.PROGRAM;
    }
    return new ImageEntry(path, source, mode);
  }
}
