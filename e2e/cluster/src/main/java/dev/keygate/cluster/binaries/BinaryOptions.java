package dev.keygate.cluster.binaries;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user may decide about where the executables come from.
 *
 * @param folder the user's own folder with all of them; nothing else is tried then
 * @param cache the folder that keeps what was downloaded or built
 * @param sites where releases are downloaded from
 * @param environment the user's variables, for the Go build: {@code PATH}, {@code GOPROXY}, own
 *     {@code GOCACHE} and {@code GOMODCACHE} (which are then kept), {@code KEYGATE_KEEP_GOCACHE}
 */
public record BinaryOptions(
    Optional<Path> folder, Path cache, ReleaseSites sites, Map<String, String> environment) {

  /** The variable that names the user's own folder. */
  public static final String FOLDER_VARIABLE = "KEYGATE_K8S_BIN";

  public BinaryOptions {
    cache = cache.toAbsolutePath();
    environment = Map.copyOf(environment);
  }

  /**
   * Reads {@code KEYGATE_K8S_BIN}, {@code XDG_CACHE_HOME} and {@code HOME}.
   *
   * @param environment such as {@link System#getenv()}
   */
  public static BinaryOptions from(Map<String, String> environment) {
    return new BinaryOptions(
        present(environment, FOLDER_VARIABLE).map(Path::of),
        present(environment, "XDG_CACHE_HOME")
            .map(Path::of)
            .orElseGet(() -> home(environment).resolve(".cache"))
            .resolve("keygate")
            .resolve("cluster"),
        ReleaseSites.official(),
        environment);
  }

  /** The same with the user's own folder. */
  public BinaryOptions withFolder(Path named) {
    return new BinaryOptions(Optional.of(named), cache, sites, environment);
  }

  /** Whether the environment says that nobody watches: {@code CI=true}. */
  public boolean isContinuousIntegration() {
    return present(environment, "CI").filter("true"::equals).isPresent();
  }

  /**
   * The first of the user's {@code PATH} with this name.
   *
   * @param last a folder to look into after that
   */
  Optional<Path> executable(String name, String last) {
    String path = variable("PATH").orElse("") + File.pathSeparator + last;
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  Optional<String> variable(String name) {
    return present(environment, name);
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(present(environment, "HOME").orElse(System.getProperty("user.home", ".")));
  }

  private static Optional<String> present(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
