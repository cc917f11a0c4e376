package dev.keygate.bench.sidecar;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.PodLayout;
import dev.keygate.contract.SettingNames;
import dev.keygate.emulator.LabMachine;
import dev.keygate.endpoint.KeyIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod has mounted for its sidecar, and the sidecar's settings.
 *
 * @param folder shared with the process
 * @param port of the local API, free when it was picked
 * @param managementPort of health and metrics, free when it was picked
 */
record PodFolder(BenchLab lab, Path folder, int port, int managementPort) {

  private static final String CONTAINER = "app";
  private static final Duration REFRESH = Duration.ofMinutes(5);

  static PodFolder create(BenchLab lab, Path folder) throws IOException {
    // The folders that a kubelet mounts belong to the sidecar's group; who that is here is open.
    allow(Files.createDirectories(folder), "rwxr-xr-x");
    allow(Files.createDirectories(folder.resolve("containers")), "rwxrwxrwx");
    allow(Files.createDirectories(folder.resolve("grants")), "rwxr-xr-x");
    allow(lab.machine().tpmSocket(), "rw-rw-rw-");
    return new PodFolder(lab, folder, freePort(), freePort());
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      return socket.getLocalPort();
    }
  }

  /** Replaces the grant of a key as a whole, as a kubelet does. */
  void grant(String name, KeyIdentifier key, List<GrantedVersion> versions) throws IOException {
    Path grants = Files.createDirectories(folder.resolve("grants").resolve(name));
    Path next = grants.resolve("next");
    Files.writeString(next, GrantJson.write(new Grant(key, versions, BenchLab.policy(), REFRESH)));
    Files.move(
        next,
        grants.resolve(GrantConfigMap.FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The settings of a process.
   *
   * @param keys base identifiers by name, each with a grant
   * @param pollInterval how often grants are looked at
   */
  Map<String, String> settings(Map<String, KeyIdentifier> keys, String pollInterval) {
    LabMachine machine = lab.machine();
    Map<String, String> settings = new TreeMap<>();
    keys.forEach((name, key) -> settings.put(SettingNames.keyIdentifier(name), key.toString()));
    settings.put(SettingNames.AUTHORITIES, "https://" + BenchLab.AUTHORITY);
    settings.put(SettingNames.GRANTS_DIRECTORY, folder.resolve("grants").toString());
    settings.put("keygate.grant-poll-interval", pollInterval);
    settings.put(SettingNames.CALLERS_DIRECTORY, folder.resolve("containers").toString());
    settings.put(SettingNames.callerKeys(CONTAINER), String.join(",", keys.keySet()));
    settings.put("keygate.identity.kind", "managed");
    settings.put(SettingNames.CLIENT_ID, lab.clientId());
    settings.put(SettingNames.LOCAL_API_PORT, Integer.toString(port));
    settings.put(SettingNames.MANAGEMENT_PORT, Integer.toString(managementPort));
    settings.put("keygate.management.host", "127.0.0.1");
    settings.put(SettingNames.LAB_TRUST_ROOTS, lab.lab().trustFolder().toString());
    settings.put(SettingNames.LAB_PROXY, "127.0.0.1:" + lab.lab().proxyAddress().getPort());
    settings.put(SettingNames.LAB_IMDS, machine.imdsUrl());
    settings.put(SettingNames.LAB_TPM, machine.tpmSocket().toString());
    settings.put(SettingNames.LAB_EVENT_LOG, machine.eventLog().toString());
    return settings;
  }

  /** What the process needs of this machine. */
  List<Path> shared() {
    return List.of(folder, lab.lab().trustFolder(), lab.machine().tpmSocket().resolveSibling(""));
  }

  /** Where the container finds its token. */
  Path callerToken() {
    return folder.resolve("containers").resolve(CONTAINER).resolve(PodLayout.TOKEN_FILE);
  }
}
