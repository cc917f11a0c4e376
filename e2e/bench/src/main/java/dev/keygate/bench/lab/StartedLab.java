package dev.keygate.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The lab as its user starts it, with keys of an earlier start where there was one. */
final class StartedLab implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final ChildProcess process;
  private final JsonNode endpoints;
  private final Duration startedWithin;

  private StartedLab(ChildProcess process, JsonNode endpoints, Duration startedWithin) {
    this.process = process;
    this.endpoints = endpoints;
    this.startedWithin = startedWithin;
  }

  /** Starts it and waits until everything answers. */
  static StartedLab start(Path script, Path folder, ChildProcesses children)
      throws IOException, ChildProcessException, InterruptedException {
    Path state = folder.resolve("lab");
    List<String> command = List.of(script.toString(), "lab", "--dir", state.toString());
    long begun = children.time().nanoTime();
    ChildProcess process =
        children.start(ChildCommand.of("lab", command, folder.resolve("lab.log")));
    Path endpoints = state.resolve("lab.json");
    process.awaitReady(() -> Files.exists(endpoints), READY_WITHIN);
    Duration within = Duration.ofNanos(children.time().nanoTime() - begun);
    return new StartedLab(process, new ObjectMapper().readTree(endpoints.toFile()), within);
  }

  /** From the script's start, by the clock of the wall. */
  Duration startedWithin() {
    return startedWithin;
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return ProcessHandle.of(pid())
        .orElseThrow(() -> new IllegalStateException("the lab has ended"));
  }

  long residentBytes() throws IOException {
    return process.memory().currentBytes();
  }

  long mostResidentBytes() throws IOException {
    return process.memory().peakBytes();
  }

  InetSocketAddress proxy() {
    JsonNode proxy = endpoints.path("proxy");
    return new InetSocketAddress(proxy.path("host").asText(), proxy.path("port").asInt());
  }

  Path trustRoot(String name) {
    return Path.of(endpoints.path("trustRoots").asText(), name);
  }

  String admin() {
    return endpoints.path("admin").asText();
  }

  String authority() {
    return endpoints.path("authorities").path(0).asText();
  }

  String vault() {
    return endpoints.path("vaults").path("contoso").asText();
  }

  URI imds() {
    return URI.create(machine().path("imdsUrl").asText());
  }

  Path tpmSocket() {
    return Path.of(machine().path("tpmSocket").asText());
  }

  Path eventLog() {
    return Path.of(machine().path("eventLog").asText());
  }

  private JsonNode machine() {
    return endpoints.path("machines").path(ReleaseLoad.MACHINE);
  }

  @Override
  public void close() {
    process.stop();
  }
}
