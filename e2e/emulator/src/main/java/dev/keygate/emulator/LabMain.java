package dev.keygate.emulator;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.LabDescriptionException;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.net.Literal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code java -jar keygate-emulator.jar}: runs a lab until it is told to end. */
@Command(
    name = "keygate-lab",
    mixinStandardHelpOptions = true,
    version = "keygate-lab 0.1.0",
    description = "Runs Azure's side of Secure Key Release and confidential virtual machines.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended as told",
      "1:the lab could not start, as the message says",
      "2:an option or the description is wrong",
    })
public final class LabMain implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Option(
      names = "--dir",
      required = true,
      description = "Folder for lab.json, trust roots, sockets and keys; made where absent.")
  private Path folder = Path.of("");

  @Option(names = "--description", description = "YAML file; the standard lab where absent.")
  private Optional<Path> descriptionFile = Optional.empty();

  @Option(
      names = "--proxy-port",
      defaultValue = "0",
      description = "Port of the CONNECT proxy; 0 for any free one.")
  private int proxyPort;

  @Option(
      names = "--admin-port",
      defaultValue = "0",
      description = "Port of the admin endpoint; 0 for any free one.")
  private int adminPort;

  @Option(
      names = "--address",
      defaultValue = "127.0.0.1",
      description =
          "Literal address of the CONNECT proxy, such as that of a bridge; ${DEFAULT-VALUE} where"
              + " absent. The admin endpoint stays on 127.0.0.1.")
  private String address = "";

  @Option(
      names = "--imds",
      paramLabel = "MACHINE=ADDR:PORT",
      description =
          "Where a machine's metadata service listens, such as cvm-1=169.254.169.254:80; any free"
              + " port of 127.0.0.1 where absent. Repeatable.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "YAML list of what goes wrong from the start; see docs/lab.md.")
  private Optional<Path> faultFile = Optional.empty();

  @Option(
      names = "--latency",
      paramLabel = "PROFILE",
      defaultValue = "none",
      description = "How far away Azure is: none, region, continent, bad-day.")
  private String latency = "";

  @Option(
      names = "--clock-rate",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many seconds pass for all services in one of this machine's.")
  private int clockRate;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final CountDownLatch ended = new CountDownLatch(1);

  /** Runs until SIGTERM or SIGINT. */
  public static void main(String[] args) {
    int code = new CommandLine(new LabMain()).execute(args);
    if (code != 0) {
      // Halting is not needed for cleaning up: a lab that did not start has closed what it opened.
      System.exit(code);
    }
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LabDescription description;
    LabSetup setup;
    LabScript script;
    try {
      description = description();
      LabListening listening = listening();
      listening.requireMachinesOf(description);
      setup = new LabSetup(folder, new SystemTime(), new SecureRandom(), listening);
      script = LabScript.read(new LabScript.Faulty(faultFile, description), latency, clockRate);
    } catch (LabDescriptionException | IllegalArgumentException e) {
      return failed(err, USAGE, e.getMessage());
    } catch (IOException e) {
      return failed(err, USAGE, "a file cannot be read: " + e.getMessage());
    }
    return start(description, setup, script);
  }

  private int start(LabDescription description, LabSetup setup, LabScript script) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Lab lab = Lab.start(description, setup);
      try {
        script.applyTo(lab);
      } catch (IllegalArgumentException e) {
        lab.close();
        return failed(err, USAGE, e.getMessage());
      }
      run(lab, spec.commandLine().getOut());
      return 0;
    } catch (IOException e) {
      return failed(err, FAILED, "the lab cannot start: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(err, FAILED, "interrupted");
    }
  }

  private LabDescription description() throws IOException, LabDescriptionException {
    return descriptionFile.isEmpty()
        ? LabDescription.standard()
        : LabDescriptionReader.read(Files.readString(descriptionFile.get()));
  }

  private LabListening listening() {
    Map<String, InetSocketAddress> endpoints = new LinkedHashMap<>();
    metadata.forEach((machine, endpoint) -> endpoints.put(machine, Literal.endpoint(endpoint)));
    return new LabListening(Literal.address(address), proxyPort, adminPort, endpoints);
  }

  private void run(Lab lab, PrintWriter out) throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ended.countDown();
                  lab.close();
                  closed.countDown();
                },
                "lab-shutdown"));
    LabGreeting.print(lab, out);
    ended.await();
    closed.await();
  }

  private static int failed(
      PrintWriter err, int code, @org.jspecify.annotations.Nullable String why) {
    err.println("keygate-lab: " + why);
    err.flush();
    return code;
  }
}
