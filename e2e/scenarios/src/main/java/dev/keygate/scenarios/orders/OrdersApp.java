package dev.keygate.scenarios.orders;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Decrypts one order, a compact JWE (RSA-OAEP-256, A256GCM), with the key that the sidecar serves,
 * and prints it.
 */
@Command(
    name = "orders-app",
    description = "Decrypts an order with the key that the sidecar serves.",
    mixinStandardHelpOptions = true)
public final class OrdersApp implements Callable<Integer> {

  @Option(names = "--api", required = true, description = "The sidecar's local API.")
  private URI api = URI.create("http://127.0.0.1:8250");

  @Option(names = "--token-file", required = true, description = "This container's caller token.")
  private Path tokenFile = Path.of("token");

  @Option(names = "--key", defaultValue = "orders", description = "The key's name.")
  private String key = "orders";

  @Option(names = "--order", required = true, description = "The file with the encrypted order.")
  private Path order = Path.of("order.jwe");

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Ends the process with the exit code: 0 if the order was decrypted.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new OrdersApp()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      RSAKey jwk = RSAKey.parse(fetchKey());
      JWEObject jwe = JWEObject.parse(Files.readString(order).strip());
      jwe.decrypt(new RSADecrypter(jwk));
      spec.commandLine().getOut().println(jwe.getPayload());
      spec.commandLine().getOut().flush();
      return 0;
    } catch (ParseException | JOSEException e) {
      spec.commandLine().getErr().println("The order cannot be decrypted: " + e.getMessage());
      return 1;
    }
  }

  private String fetchKey() throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(api + "/v1/keys/" + key + "/material"))
              .timeout(Duration.ofSeconds(5))
              .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
              .header("Content-Type", "application/json")
              .header("Accept", "application/jwk+json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("the sidecar answered " + response.statusCode());
      }
      return response.body();
    }
  }
}
