package dev.keygate.sidecar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFolderTest {

  private static final String OLD = ReleasedKeys.FIRST;
  private static final String NEW = ReleasedKeys.SECOND;

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("orders");
  }

  /**
   * What a process that was killed at any point may leave on the disk, and some that none leaves.
   */
  enum Remains {
    NOTHING,
    /** Killed before the draft's file had its name. */
    DRAFT_WITHOUT_FILE {
      @Override
      void make(Path folder) throws IOException {
        served(folder);
        Files.createDirectory(folder.resolve(".new-" + NEW));
        Files.writeString(folder.resolve(".new-" + NEW + "/.keygate-1.new"), "{\"k");
      }
    },
    /** Killed before the draft's folder had its name. */
    DRAFT {
      @Override
      void make(Path folder) throws IOException {
        served(folder);
        version(folder, ".new-" + NEW);
      }
    },
    /** Killed while a version was written again in its place. */
    DRAFT_IN_A_VERSION {
      @Override
      void make(Path folder) throws IOException {
        served(folder);
        Files.writeString(folder.resolve(OLD + "/.keygate-1.new"), "{\"k");
      }
    },
    /** Killed before anybody was pointed to the new version. */
    VERSION_WITHOUT_LINK {
      @Override
      void make(Path folder) throws IOException {
        version(folder, NEW);
      }
    },
    NEW_VERSION_BESIDE_THE_OLD {
      @Override
      void make(Path folder) throws IOException {
        served(folder);
        version(folder, NEW);
      }
    },
    /** Killed before the link had its name. */
    DRAFT_OF_LINK {
      @Override
      void make(Path folder) throws IOException {
        NEW_VERSION_BESIDE_THE_OLD.make(folder);
        Files.createSymbolicLink(folder.resolve(".current"), Path.of(NEW));
      }
    },
    /** Killed before the old version was taken out of sight. */
    OLD_VERSION_STILL_THERE {
      @Override
      void make(Path folder) throws IOException {
        version(folder, OLD);
        version(folder, NEW);
        Files.createSymbolicLink(folder.resolve("current"), Path.of(NEW));
      }
    },
    /** Killed while the old version was destroyed. */
    OLD_VERSION_OUT_OF_SIGHT {
      @Override
      void make(Path folder) throws IOException {
        version(folder, NEW);
        version(folder, ".gone-" + OLD);
        Files.createSymbolicLink(folder.resolve("current"), Path.of(NEW));
      }
    },
    OLD_VERSION_OUT_OF_SIGHT_AND_EMPTY {
      @Override
      void make(Path folder) throws IOException {
        version(folder, NEW);
        Files.createDirectory(folder.resolve(".gone-" + OLD));
        Files.createSymbolicLink(folder.resolve("current"), Path.of(NEW));
      }
    },
    /** No process of ours leaves this; a link that leads nowhere must go all the same. */
    DANGLING_LINK {
      @Override
      void make(Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve("current"), Path.of(NEW));
      }
    },
    EMPTY_VERSION {
      @Override
      void make(Path folder) throws IOException {
        Files.createDirectory(folder.resolve(NEW));
        Files.createSymbolicLink(folder.resolve("current"), Path.of(NEW));
      }
    },
    EMPTY_FILE {
      @Override
      void make(Path folder) throws IOException {
        Files.createDirectory(folder.resolve(NEW));
        Files.createFile(folder.resolve(NEW + "/key.jwk"));
        Files.createSymbolicLink(folder.resolve("current"), Path.of(NEW));
      }
    },
    FILE_IN_PLACE_OF_A_VERSION {
      @Override
      void make(Path folder) throws IOException {
        Files.writeString(folder.resolve(NEW), "something");
      }
    },
    FOLDER_IN_PLACE_OF_THE_LINK {
      @Override
      void make(Path folder) throws IOException {
        version(folder, "current");
      }
    },
    LINK_OUT_OF_THE_FOLDER {
      @Override
      void make(Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve(NEW), folder.getRoot());
      }
    };

    void make(Path folder) throws IOException {
      assertThat(folder).isEmptyDirectory();
    }

    private static void served(Path folder) throws IOException {
      version(folder, OLD);
      Files.createSymbolicLink(folder.resolve("current"), Path.of(OLD));
    }

    private static void version(Path folder, String name) throws IOException {
      Path version = Files.createDirectory(folder.resolve(name));
      Path file = Files.writeString(version.resolve("key.jwk"), "{}");
      Files.setPosixFilePermissions(file, Readers.GROUP.filePermissions());
    }
  }

  @ParameterizedTest
  @EnumSource(Remains.class)
  void showsCompleteVersionsAloneAfterARestart(Remains remains) throws IOException {
    Files.createDirectories(folder());
    remains.make(folder());
    Path served = folder().resolve("current/key.jwk");
    boolean wasServed = Files.exists(served) && Files.size(served) > 0;

    KeyFolder.open(folder(), Readers.GROUP);

    for (String name : names(folder())) {
      assertThat(folder().resolve(name).resolve("key.jwk")).isRegularFile().isNotEmptyFile();
      assertThat(names(folder().resolve(name))).containsExactly("key.jwk");
    }
    assertThat(Files.exists(folder().resolve("current"))).isEqualTo(wasServed);
  }

  @ParameterizedTest
  @EnumSource(Remains.class)
  void comesToTheGrantedStateAfterARestart(Remains remains) throws IOException {
    Files.createDirectories(folder());
    remains.make(folder());

    KeyFolder keys = KeyFolder.open(folder(), Readers.GROUP);
    write(keys, NEW, "new");
    keys.switchTo(new KeyVersion(NEW));
    keys.retain(Set.of(new KeyVersion(NEW)));

    assertThat(names(folder())).containsExactly(NEW, "current");
    assertThat(folder().resolve("current/key.jwk")).hasContent("new");
    assertThat(Files.readSymbolicLink(folder().resolve("current"))).isEqualTo(Path.of(NEW));
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void givesFilesAndFoldersTheReadersPermissions(Readers readers) throws IOException {
    KeyFolder keys = KeyFolder.open(folder(), readers);

    write(keys, OLD, "old");

    String file = readers == Readers.GROUP ? "r--r-----" : "r--r--r--";
    String directory = readers == Readers.GROUP ? "rwxr-x---" : "rwxr-xr-x";
    assertThat(mode(folder().resolve(OLD).resolve("key.jwk"))).isEqualTo(file);
    assertThat(mode(folder().resolve(OLD))).isEqualTo(directory);
    assertThat(mode(folder())).isEqualTo(directory);
  }

  @Test
  void writesAVersionAgainInItsPlace() throws IOException {
    KeyFolder keys = KeyFolder.open(folder(), Readers.GROUP);
    write(keys, OLD, "first");
    keys.switchTo(new KeyVersion(OLD));

    write(keys, OLD, "second");

    assertThat(folder().resolve("current/key.jwk")).hasContent("second");
    assertThat(names(folder())).containsExactly(OLD, "current");
  }

  @Test
  void doesNotPointToAVersionThatIsNotThere() throws IOException {
    KeyFolder keys = KeyFolder.open(folder(), Readers.GROUP);
    write(keys, OLD, "old");
    keys.switchTo(new KeyVersion(OLD));

    assertThatIOException().isThrownBy(() -> keys.switchTo(new KeyVersion(NEW)));

    assertThat(Files.readSymbolicLink(folder().resolve("current"))).isEqualTo(Path.of(OLD));
  }

  @Test
  void keepsWhatIsServedWhenAVersionCannotBeWritten() throws IOException {
    KeyFolder keys = KeyFolder.open(folder(), Readers.GROUP);
    write(keys, OLD, "old");
    keys.switchTo(new KeyVersion(OLD));
    SecretBytes closed = SecretBytes.takeOwnershipOf(new byte[] {1});
    closed.close();

    try {
      keys.write(new KeyVersion(NEW), Map.of(KeyFormat.JWK, closed));
    } catch (IllegalStateException revealedLate) {
      assertThat(revealedLate).isNotNull();
    }

    assertThat(names(folder())).containsExactly(OLD, "current");
    assertThat(folder().resolve("current/key.jwk")).hasContent("old");
  }

  @Test
  void wipesWithoutFollowingLinks() throws IOException {
    Path outside = Files.writeString(parent.resolve("outside"), "content");
    KeyFolder keys = KeyFolder.open(folder(), Readers.GROUP);
    write(keys, OLD, "old");
    Files.createSymbolicLink(folder().resolve("link"), outside);
    Files.createSymbolicLink(folder().resolve("up"), parent);

    keys.wipe();

    assertThat(folder()).doesNotExist();
    assertThat(outside).hasContent("content");
  }

  /** Whoever still has the file open reads zeros. */
  @Test
  void overwritesWhatItRemoves() throws IOException {
    KeyFolder keys = KeyFolder.open(folder(), Readers.GROUP);
    write(keys, OLD, "old");
    write(keys, NEW, "new");
    try (var reader = Files.newInputStream(folder().resolve(OLD).resolve("key.jwk"))) {
      keys.retain(Set.of(new KeyVersion(NEW)));

      assertThat(reader.readAllBytes()).containsExactly(0, 0, 0);
    }
  }

  private static void write(KeyFolder keys, String version, String text) throws IOException {
    try (SecretBytes bytes =
        SecretBytes.takeOwnershipOf(text.getBytes(StandardCharsets.US_ASCII))) {
      keys.write(new KeyVersion(version), Map.of(KeyFormat.JWK, bytes));
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
