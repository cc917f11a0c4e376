package dev.keygate.scenarios.lab;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.failure.RefusedException;
import dev.keygate.scenarios.story.Surprise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The order desk as a command, for a lab in a network that the teller of the story is not in. */
@Command(
    name = "order-desk",
    description = "Encrypts an order to the public half of a key and prints it.",
    mixinStandardHelpOptions = true)
public final class OrderDeskMain implements Callable<Integer> {

  @Option(names = "--tls-root", required = true, description = "The lab's TLS root, PEM.")
  private Path tlsRoot = Path.of("");

  @Option(names = "--proxy", required = true, description = "The lab's proxy, address:port.")
  private String proxy = "";

  @Option(names = "--imds", required = true, description = "A machine's metadata service.")
  private URI imds = URI.create("http://127.0.0.1");

  @Option(names = "--client-id", required = true, description = "The machine's identity.")
  private String clientId = "";

  @Option(names = "--key", required = true, description = "The key's identifier.")
  private URI key = URI.create("https://127.0.0.1");

  @Parameters(description = "The order.")
  private String order = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Ends the process with the exit code: 0 if the order was printed. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new OrderDeskMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      int colon = proxy.lastIndexOf(':');
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.ofLiteral(proxy.substring(0, Math.max(0, colon))),
              Integer.parseInt(proxy.substring(colon + 1)));
      OrderDesk desk =
          new OrderDesk(AzureNetwork.lab(tlsRoot, address, imds), clientId, new SystemTime());
      spec.commandLine().getOut().println(desk.encrypt(order, key));
      spec.commandLine().getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("--proxy is <literal address>:<port>, not " + proxy);
      return CommandLine.ExitCode.USAGE;
    } catch (RefusedException | Surprise e) {
      spec.commandLine().getErr().println("The order cannot be written: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
