package dev.keygate.images.recipe;

import java.util.ArrayList;
import java.util.List;

/** A program that has an image. */
public enum Product {
  /** The control plane. Its limit in Kubernetes is 320 MiB. */
  OPERATOR("Keygate operator", "Keeps keys and release policies true; cannot release", 8081),

  /** The attester, in every injected pod. Its limit in Kubernetes is 128 MiB. */
  SIDECAR(
      "Keygate sidecar",
      "Attests its confidential VM, has keys released and serves them to its pod",
      9250);

  /** The registry and folder of all our images. */
  public static final String REPOSITORY = "keygate.dev";

  private static final List<String> COMMON =
      List.of(
          // Relocated, the AOT cache would be private memory of each process; at its own address it
          // is the file's pages, which pods of a node share and the kernel may take back.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:+UseSerialGC",
          "-XX:TrimNativeHeapInterval=5000",
          // There is no writable folder: neither for figures of jstat nor for crash reports.
          "-XX:-UsePerfData",
          "-XX:+ErrorFileToStderr",
          "-Djava.io.tmpdir=/",
          // A process that is out of memory is started again by the kubelet; a crippled one is not.
          "-XX:+ExitOnOutOfMemoryError",
          // A debugger or a core file would show keys and tokens.
          "-XX:+DisableAttachMechanism",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED");

  private final String title;
  private final String description;
  private final int managementPort;

  Product(String title, String description, int managementPort) {
    this.title = title;
    this.description = description;
    this.managementPort = managementPort;
  }

  /** The last part of the image's name, also of the module's folder. */
  public String imageName() {
    return switch (this) {
      case OPERATOR -> "operator";
      case SIDECAR -> "sidecar";
    };
  }

  /** For {@code org.opencontainers.image.title}. */
  public String title() {
    return title;
  }

  /** For {@code org.opencontainers.image.description}. */
  public String description() {
    return description;
  }

  /** Where the kubelet asks for its health; said in the image, opened by nobody. */
  public int managementPort() {
    return managementPort;
  }

  /**
   * {@code keygate.dev/operator:0.1.0}.
   *
   * @param version of the artefact
   */
  public String reference(String version) {
    return REPOSITORY + "/" + imageName() + ":" + version;
  }

  /**
   * The flags of the JVM: the AOT cache is bound to them, so training and production share them.
   */
  public List<String> flags() {
    List<String> flags = new ArrayList<>(COMMON);
    flags.addAll(memory());
    return List.copyOf(flags);
  }

  private List<String> memory() {
    return switch (this) {
      // Pods wait for its answers: room for young objects, so that a load of them is no load on the
      // collector, and the better compiler. What it keeps grows with the number of keys, so its
      // heap follows the container's limit.
      case OPERATOR ->
          List.of(
              "-Xms48m",
              "-Xmn20m",
              "-XX:MaxRAMPercentage=45",
              "-Xss512k",
              "-XX:ReservedCodeCacheSize=48m");
      // One in every pod: small before quick. The quick compiler needs no profiles of hot code,
      // which would make the AOT cache larger; and code has to be four times as hot as usual to be
      // compiled at all, which keeps compiled what serves and not what starts.
      case SIDECAR ->
          List.of(
              "-XX:-AOTRecordTraining",
              "-XX:-AOTReplayTraining",
              "-Xms6m",
              "-Xmx24m",
              "-Xmn3m",
              "-XX:MinHeapFreeRatio=10",
              "-XX:MaxHeapFreeRatio=20",
              "-Xss256k",
              "-XX:TieredStopAtLevel=1",
              "-XX:CompileThresholdScaling=4",
              "-XX:ReservedCodeCacheSize=32m");
    };
  }

  /** The command that starts it, with these flags beside its own. */
  public List<String> command(List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(ImageLayout.JAVA);
    command.addAll(flags());
    command.addAll(more);
    command.add("-jar");
    command.add(ImageLayout.RUN_JAR);
    return List.copyOf(command);
  }

  /** The entry point of an image with an AOT cache or without one. */
  public List<String> entrypoint(Aot aot) {
    return command(
        switch (aot) {
          case TRAINED -> List.of("-XX:AOTCache=" + ImageLayout.AOT_CACHE);
          case NONE -> List.of();
        });
  }
}
