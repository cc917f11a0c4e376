package dev.keygate.sidecar.delivery;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.PodLayout;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Writes keys as files into the folders of the containers that get them so. For every other key it
 * has nothing to do and nothing missing.
 *
 * <p>The files outlive a process that dies, because the app goes on; {@link #wipe} is for the end
 * of the pod.
 */
public final class FileDelivery implements KeySink {

  private final Map<String, List<KeyFolder>> folders;
  private final Map<String, Set<KeyVersion>> complete = new ConcurrentHashMap<>();
  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private boolean isWiped;

  private FileDelivery(Map<String, List<KeyFolder>> folders) {
    this.folders = Map.copyOf(folders);
  }

  /** Delivers nothing. */
  public static FileDelivery none() {
    return new FileDelivery(Map.of());
  }

  /**
   * Opens the containers' folders. Keys that a container does not get as files, or no longer, are
   * removed from its folder.
   *
   * @param directory with a folder for each container, which is made if it is not there
   * @param filesByContainer the names of the keys that each container gets as files
   * @throws RefusedException {@code SettingsInvalid} if the directory cannot be used
   */
  public static FileDelivery open(
      Path directory, Readers readers, Map<String, Set<String>> filesByContainer)
      throws RefusedException {
    Map<String, List<KeyFolder>> folders = new LinkedHashMap<>();
    for (Map.Entry<String, Set<String>> container : filesByContainer.entrySet()) {
      Path folder = directory.resolve(container.getKey());
      try {
        Files.createDirectories(directory);
        readers.makeFolder(folder);
        for (Map.Entry<String, KeyFolder> key :
            open(folder.resolve(PodLayout.KEYS_FOLDER), readers, container.getValue()).entrySet()) {
          folders.computeIfAbsent(key.getKey(), _ -> new ArrayList<>()).add(key.getValue());
        }
      } catch (IOException unusable) {
        throw new RefusedException(
            Reason.SettingsInvalid,
            "The setting keygate.callers-directory is a folder in which this process may write; in "
                + folder
                + " it may not.",
            unusable);
      }
    }
    return new FileDelivery(folders);
  }

  private static Map<String, KeyFolder> open(Path keysFolder, Readers readers, Set<String> names)
      throws IOException {
    if (names.isEmpty()) {
      KeyFolder.remove(keysFolder);
      return Map.of();
    }
    readers.makeFolder(keysFolder);
    try (var present = Files.newDirectoryStream(keysFolder)) {
      for (Path key : present) {
        if (!names.contains(key.getFileName().toString())) {
          KeyFolder.remove(key);
        }
      }
    }
    Map<String, KeyFolder> folders = new LinkedHashMap<>();
    for (String name : names) {
      folders.put(name, KeyFolder.open(keysFolder.resolve(name), readers));
    }
    return folders;
  }

  @Override
  public synchronized void deliver(String name, ReleasedKey key) throws FailureException {
    KeyVersion version = key.description().identifier().version().orElseThrow();
    try (key) {
      if (isWiped || folders(name).isEmpty()) {
        return;
      }
      Map<KeyFormat, SecretBytes> texts = texts(key);
      try {
        for (KeyFolder folder : folders(name)) {
          folder.write(version, texts);
        }
      } finally {
        texts.values().forEach(SecretBytes::close);
      }
      complete.computeIfAbsent(name, _ -> ConcurrentHashMap.newKeySet()).add(version);
    } catch (IOException failed) {
      throw failure("Version " + version + " of key " + name + " could not be written", failed);
    }
  }

  private static Map<KeyFormat, SecretBytes> texts(ReleasedKey key) {
    Map<KeyFormat, SecretBytes> texts = new EnumMap<>(KeyFormat.class);
    for (KeyFormat format : KeyFormat.values()) {
      if (key.allows(format.encoding())) {
        texts.put(format, key.encode(format.encoding()));
      }
    }
    return texts;
  }

  @Override
  public boolean has(String name, KeyVersion version) {
    return folders(name).isEmpty() || complete.getOrDefault(name, Set.of()).contains(version);
  }

  @Override
  public synchronized void settle(String name, List<GrantedVersion> granted)
      throws FailureException {
    Optional<KeyVersion> current =
        granted.stream()
            .filter(version -> version.state() == VersionState.Current)
            .map(GrantedVersion::version)
            .filter(version -> has(name, version))
            .findFirst();
    if (isWiped || current.isEmpty() || folders(name).isEmpty()) {
      return;
    }
    Set<KeyVersion> wanted =
        granted.stream().map(GrantedVersion::version).collect(Collectors.toSet());
    try {
      for (KeyFolder folder : folders(name)) {
        folder.switchTo(current.get());
      }
      served.add(name);
      complete.getOrDefault(name, new HashSet<>()).retainAll(wanted);
      for (KeyFolder folder : folders(name)) {
        folder.retain(wanted);
      }
    } catch (IOException failed) {
      throw failure("The files of key " + name + " could not be brought up to date", failed);
    }
  }

  @Override
  public synchronized void withdraw(String name, KeyVersion version) throws FailureException {
    complete.getOrDefault(name, new HashSet<>()).remove(version);
    if (isWiped) {
      return;
    }
    try {
      for (KeyFolder folder : folders(name)) {
        if (folder.pointsTo(version)) {
          served.remove(name);
        }
        folder.withdraw(version);
      }
    } catch (IOException failed) {
      throw failure("Version " + version + " of key " + name + " could not be removed", failed);
    }
  }

  @Override
  public synchronized Set<KeyVersion> present(String name) throws FailureException {
    Set<KeyVersion> present = new HashSet<>();
    if (isWiped) {
      return present;
    }
    try {
      for (KeyFolder folder : folders(name)) {
        present.addAll(folder.versions());
      }
      return present;
    } catch (IOException failed) {
      throw failure("The versions of key " + name + " could not be listed", failed);
    }
  }

  @Override
  public boolean serves(String name) {
    return folders(name).isEmpty() || served.contains(name);
  }

  /**
   * Removes every file, because the pod ends. What is delivered later is dropped.
   *
   * @throws IOException if some file could not be removed; the others were
   */
  public synchronized void wipe() throws IOException {
    isWiped = true;
    served.clear();
    complete.clear();
    IOException failed = null;
    for (List<KeyFolder> ofKey : folders.values()) {
      for (KeyFolder folder : ofKey) {
        try {
          folder.wipe();
        } catch (IOException e) {
          failed = e;
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private List<KeyFolder> folders(String name) {
    return folders.getOrDefault(name, List.of());
  }

  private static UnavailableException failure(String what, IOException found) {
    return new UnavailableException(
        Reason.DeliveryFailed,
        what
            + " in the container's folder: "
            + found.getMessage()
            + "; it is tried again. See that the volume can be written and has room.",
        null,
        found);
  }
}
