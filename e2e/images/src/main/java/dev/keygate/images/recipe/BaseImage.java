package dev.keygate.images.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What lies below our own layers: a C library, a passwd file, and nothing that can be run. */
public sealed interface BaseImage {

  /**
   * An image in a registry.
   *
   * @param name with a tag or digest
   */
  record Reference(String name) implements BaseImage {

    /**
     * The base where none is named: glibc, certificates, a passwd file; no shell, no packages.
     * Whoever ships images pins it by digest.
     */
    public static final Reference DISTROLESS =
        new Reference("gcr.io/distroless/base-nossl-debian12:nonroot");

    public Reference {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._:/@-]*")) {
        throw new IllegalArgumentException(
            "expected a base image: a reference, FILE.tar, scratch+FOLDER or host-libc; found '"
                + name
                + "'");
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * An image archive on this machine, as {@code docker save} writes it.
   *
   * @param file the tar
   */
  record Archive(Path file) implements BaseImage {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * Nothing but the files of a folder, as the first layer.
   *
   * @param root laid out as the image's file system
   */
  record Folder(Path root) implements BaseImage {
    @Override
    public String toString() {
      return SCRATCH + root;
    }
  }

  /** Nothing but this machine's C library, as the first layer: for tests and for a laptop. */
  record HostLibc() implements BaseImage {
    @Override
    public String toString() {
      return HOST_LIBC;
    }
  }

  /** For a label: without the place on the machine where the image was built. */
  default String label() {
    return switch (this) {
      case Reference reference -> reference.name();
      case Archive archive -> String.valueOf(archive.file().getFileName());
      case Folder _ -> "scratch";
      case HostLibc _ -> HOST_LIBC;
    };
  }

  /** How {@link HostLibc} is written. */
  String HOST_LIBC = "host-libc";

  /** What a {@link Folder} begins with. */
  String SCRATCH = "scratch+";

  /**
   * Reads {@code host-libc}, {@code scratch+FOLDER}, {@code FILE.tar}, or an image's reference.
   *
   * @throws IllegalArgumentException if a folder or archive is not there
   */
  static BaseImage parse(String text) {
    if (text.equals(HOST_LIBC)) {
      return new HostLibc();
    }
    if (text.startsWith(SCRATCH)) {
      return new Folder(
          existing(Path.of(text.substring(SCRATCH.length())), "a folder", Files::isDirectory));
    }
    if (text.endsWith(".tar")) {
      return new Archive(existing(Path.of(text), "an image archive", Files::isRegularFile));
    }
    return new Reference(text);
  }

  private static Path existing(Path path, String what, Predicate<Path> test) {
    Path absolute = path.toAbsolutePath().normalize();
    if (!test.test(absolute)) {
      throw new IllegalArgumentException(
          "expected " + what + " at " + absolute + ", which is not there; name one that exists");
    }
    return absolute;
  }
}
