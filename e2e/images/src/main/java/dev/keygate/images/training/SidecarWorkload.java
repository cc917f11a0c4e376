package dev.keygate.images.training;

import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.contract.PodLayout;
import dev.keygate.contract.SettingNames;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.LabMachine;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.images.rootfs.Confined;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A sidecar on a machine of a lab, with two keys for one container: releases them and serves them,
 * to callers with and without the right token. Its identity is the machine's, as no cluster is
 * there to issue tokens.
 */
public final class SidecarWorkload implements Workload {

  private static final String CONTAINER = "app";
  private static final int FETCHES = 40;
  private static final int UNAUTHORIZED = 401;
  private static final int OK = 200;

  private final Lab lab;
  private final LabMachine machine;
  private final Path folder;
  private final Map<String, KeyIdentifier> keys;
  private final Loopback api;
  private final Loopback management;

  private SidecarWorkload(Lab lab, LabMachine machine, Path folder, Map<String, KeyIdentifier> keys)
      throws IOException {
    this.lab = lab;
    this.machine = machine;
    this.folder = folder;
    this.keys = keys;
    this.api = Loopback.pick();
    this.management = Loopback.pick();
  }

  /**
   * Has the lab's vault make the keys and their grants.
   *
   * @param folder receives what a pod would have mounted; shared with the process, as is the lab's
   */
  public static SidecarWorkload prepare(Lab lab, Path folder, TimeSource time)
      throws IOException, InterruptedException {
    Path grants = Files.createDirectories(folder.resolve("grants"));
    LabMachine machine = lab.machines().getFirst();
    LabKeys vault = new LabKeys(lab, machine, time);
    Map<String, KeyIdentifier> keys = new TreeMap<>();
    keys.put("invoices", vault.create("invoices", new KeyShape.Rsa("RSA-HSM", 3072), grants));
    keys.put(
        "session",
        vault.create("session", new KeyShape.Oct("oct-HSM", OptionalInt.of(256)), grants));
    // In a pod these belong to the sidecar's user or group. Who that is here is open; the folder
    // above them is for this process's user alone.
    allow(Files.createDirectories(folder.resolve("containers")), "rwxrwxrwx");
    allow(machine.tpmSocket(), "rw-rw-rw-");
    return new SidecarWorkload(lab, machine, folder, keys);
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Override
  public Confined process(List<String> command) {
    return Confined.of(command)
        .with(settings())
        .sharing(folder, lab.trustFolder(), machine.tpmSocket().resolveSibling(""));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    keys.forEach((name, key) -> settings.put(SettingNames.keyIdentifier(name), key.toString()));
    settings.put(SettingNames.AUTHORITIES, String.join(",", lab.authorities()));
    settings.put(SettingNames.GRANTS_DIRECTORY, folder.resolve("grants").toString());
    settings.put(SettingNames.CALLERS_DIRECTORY, folder.resolve("containers").toString());
    settings.put(SettingNames.callerKeys(CONTAINER), String.join(",", keys.keySet()));
    settings.put("keygate.identity.kind", "managed");
    settings.put(SettingNames.CLIENT_ID, lab.principal(machine.name()).clientId().toString());
    settings.put(SettingNames.LOCAL_API_PORT, Integer.toString(api.port()));
    settings.put(SettingNames.MANAGEMENT_PORT, Integer.toString(management.port()));
    settings.put("keygate.management.host", "127.0.0.1");
    settings.put(SettingNames.LAB_TRUST_ROOTS, lab.trustFolder().toString());
    settings.put(SettingNames.LAB_PROXY, "127.0.0.1:" + lab.proxyAddress().getPort());
    settings.put(SettingNames.LAB_IMDS, machine.imdsUrl());
    settings.put(SettingNames.LAB_TPM, machine.tpmSocket().toString());
    settings.put(SettingNames.LAB_EVENT_LOG, machine.eventLog().toString());
    return settings;
  }

  @Override
  public void awaitReady(ChildProcess process) throws IOException, InterruptedException {
    management.await(process, "/health/started", READY_WITHIN);
  }

  @Override
  public void drive(ChildProcess process) throws IOException, InterruptedException {
    String token =
        Files.readString(
                folder.resolve("containers").resolve(CONTAINER).resolve(PodLayout.TOKEN_FILE))
            .strip();
    for (int i = 0; i < FETCHES; i++) {
      for (String key : keys.keySet()) {
        require(OK, fetch(key, token));
        require(UNAUTHORIZED, fetch(key, "x" + token));
      }
      for (String page : List.of("/health/live", "/health/ready", "/metrics")) {
        if (management.get(page) != OK) {
          throw new IOException("expected " + page + " to answer 200");
        }
      }
    }
    process.requireAlive();
  }

  private HttpResponse<String> fetch(String key, String token)
      throws IOException, InterruptedException {
    return api.post(
        "/v1/keys/" + key + "/material",
        Map.of("Authorization", "Bearer " + token, "Accept", "application/jwk+json"),
        "{}");
  }

  private static void require(int status, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(
          "expected the sidecar to answer "
              + status
              + " to "
              + answer.uri().getPath()
              + ", found "
              + answer.statusCode());
    }
  }
}
