package dev.keygate.scenarios.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.content.FileTree;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lab as its own process, and what its lab.json says. */
public final class LabProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(40);

  private final ChildCommand command;
  private final Path folder;
  private final LabPlace place;
  private final ChildProcesses children;
  private ChildProcess process;
  private JsonNode endpoints = new ObjectMapper().createObjectNode();

  private LabProcess(ChildCommand command, Path folder, LabPlace place, ChildProcesses children)
      throws ChildProcessException {
    this.command = command;
    this.folder = folder;
    this.place = place;
    this.children = children;
    this.process = children.start(command);
  }

  /**
   * Starts it and does not wait.
   *
   * <p>Its files are in a folder of the system for temporary ones, until the JVM ends: the path of
   * a Unix socket has little room, and a checkout's may be long.
   *
   * @param logs the folder of its log
   */
  public static LabProcess start(Path jar, Path logs, LabPlace place, ChildProcesses children)
      throws Surprise {
    try {
      Path folder = Files.createTempDirectory("keygate-lab-");
      List<String> arguments = new ArrayList<>(List.of("--dir", folder.toString()));
      arguments.addAll(place.arguments());
      JavaProcess lab = JavaProcess.of("lab", jar, "192m").withArguments(arguments);
      ChildCommand command = lab.child(logs, Map.of());
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> endAndDelete(children, folder)));
      return new LabProcess(place.prefix().before(command), folder, place, children);
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    } catch (IOException e) {
      throw new Surprise("the lab has no folder: " + e.getMessage(), e);
    }
  }

  private static void endAndDelete(ChildProcesses children, Path folder) {
    children.close();
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the lab's folder cannot be deleted", e);
    }
  }

  /** Waits until everything answers, and reads what it says of itself. */
  public void awaitReady() throws Surprise, InterruptedException {
    Path description = folder.resolve("lab.json");
    try {
      process.awaitReady(() -> Files.exists(description), READY_WITHIN);
      endpoints = new ObjectMapper().readTree(description.toFile());
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /**
   * Starts it once more on what it left, after it was killed, and does not wait. Whoever is to find
   * it again needs a place with ports of its own.
   */
  public void startAgain() throws Surprise {
    try {
      // What was killed could not take this away, and nobody may believe it meanwhile.
      Files.deleteIfExists(folder.resolve("lab.json"));
      process = children.start(command);
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    } catch (IOException e) {
      throw new Surprise("the lab's description of itself cannot be removed", e);
    }
  }

  /** The running process. */
  public ChildProcess process() {
    return process;
  }

  /** The folder with {@code tls-root.pem} and {@code amd-root.pem}. */
  public Path trustRoots() {
    return Path.of(endpoints.path("trustRoots").asText());
  }

  /** The CONNECT proxy, {@code address:port}. */
  public String proxy() {
    return endpoints.path("proxy").path("host").asText() + ":" + proxyPort();
  }

  /** The same as an address. */
  public InetSocketAddress proxyAddress() {
    return new InetSocketAddress(endpoints.path("proxy").path("host").asText(), proxyPort());
  }

  private int proxyPort() {
    return endpoints.path("proxy").path("port").asInt();
  }

  /** The admin endpoint. */
  public String adminUrl() {
    return endpoints.path("admin").asText();
  }

  /** The Entra tenant. */
  public String tenant() {
    return endpoints.path("tenant").asText();
  }

  /** Entra. */
  public String loginUrl() {
    return endpoints.path("loginUrl").asText();
  }

  /** The attestation authorities, as policies name them. */
  public List<String> authorities() {
    List<String> all = new ArrayList<>();
    endpoints.path("authorities").forEach(each -> all.add(each.asText()));
    return all;
  }

  /** The client id of one of its principals. */
  public String clientId(String principal) {
    return endpoints.path("principals").path(principal).path("clientId").asText();
  }

  /**
   * A confidential VM of the lab.
   *
   * @param folder all that somebody on it needs, for mounting as a whole
   */
  public record Machine(Path folder, Path tpmSocket, Path eventLog, URI imds) {}

  public Machine machine(String name) {
    JsonNode machine = endpoints.path("machines").path(name);
    return new Machine(
        Path.of(machine.path("folder").asText()),
        Path.of(machine.path("tpmSocket").asText()),
        Path.of(machine.path("eventLog").asText()),
        URI.create(machine.path("imdsUrl").asText()));
  }

  /** Makes a service account of a cluster an identity of Entra. */
  public void federate(String principal, String issuer, String subject, String issuerCaPem)
      throws Surprise, InterruptedException {
    var body = new ObjectMapper().createObjectNode();
    body.put("clientId", clientId(principal)).put("issuer", issuer);
    body.put("subject", subject).put("issuerCaPem", issuerCaPem);
    post("/federated-credentials", body);
  }

  /** Measures something into a PCR that no boot event explains. */
  public void extendPcr(String machine, int pcr) throws Surprise, InterruptedException {
    post("/pcrs", new ObjectMapper().createObjectNode().put("machine", machine).put("pcr", pcr));
  }

  /** Makes a new version of a key, as somebody in the portal would. */
  public void rotate(String vault, String key) throws Surprise, InterruptedException {
    post("/vaults/" + vault + "/keys/" + key + "/rotate", new ObjectMapper().createObjectNode());
  }

  /** Answers every release of a vault with 429 until {@link #clearFaults}. */
  public void throttleReleases(String vault) throws Surprise, InterruptedException {
    var fault = new ObjectMapper().createObjectNode();
    fault.put("vault", vault).put("operation", "release").put("status", 429);
    inject(fault.put("retryAfterSeconds", 2));
  }

  /** Adds a fault, as docs/lab.md says. */
  public void inject(JsonNode fault) throws Surprise, InterruptedException {
    post("/faults", fault);
  }

  /** How many requests its faults have struck, all together. */
  public int strikes() throws Surprise, InterruptedException {
    int sum = 0;
    for (JsonNode fault : faults()) {
      sum += fault.path("strikes").asInt();
    }
    return sum;
  }

  /** How many requests the newest of its faults has struck, as soon as they come in. */
  public int strikesOfNewestFault() throws Surprise, InterruptedException {
    JsonNode counts = faults();
    return counts.path(counts.size() - 1).path("strikes").asInt();
  }

  private JsonNode faults() throws Surprise, InterruptedException {
    String faults = admin().call("GET", "/faults", new ObjectMapper().createObjectNode());
    try {
      return new ObjectMapper().readTree(faults);
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /** An access token of an hour for Key Vault, as text. */
  public String token(String principal) throws Surprise, InterruptedException {
    ObjectNode none = new ObjectMapper().createObjectNode();
    return admin().call("POST", "/tokens/" + principal, none).strip();
  }

  /** Ends all faults. */
  public void clearFaults() throws Surprise, InterruptedException {
    admin().call("DELETE", "/faults", new ObjectMapper().createObjectNode());
  }

  private void post(String path, JsonNode body) throws Surprise, InterruptedException {
    admin().call("POST", path, body);
  }

  private LabAdmin admin() {
    return new LabAdmin(place.prefix(), children, adminUrl());
  }
}
