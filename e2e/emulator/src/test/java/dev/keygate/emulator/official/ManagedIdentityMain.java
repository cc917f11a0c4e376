package dev.keygate.emulator.official;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gets tokens as an app on a machine does. A process of its own, because the official client learns
 * from the environment alone where the metadata service is.
 */
public final class ManagedIdentityMain {

  static final String REFUSED = "refused: ";

  private ManagedIdentityMain() {}

  /**
   * Writes a line for each identity: a token, or why there is none.
   *
   * @param args the file to write; then identities, {@code system}, {@code client:ID}, {@code
   *     object:ID} or {@code resource:ID}
   */
  public static void main(String[] args) throws IOException {
    List<String> answers = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      answers.add(ask(args[i]));
    }
    Files.write(Path.of(args[0]), answers);
  }

  private static String ask(String identity) {
    var http =
        new JdkHttpClientBuilder(HttpClient.newBuilder()).configuration(Configuration.NONE).build();
    ManagedIdentityCredentialBuilder builder =
        new ManagedIdentityCredentialBuilder().httpClient(http).maxRetry(0);
    String id = identity.substring(identity.indexOf(':') + 1);
    if (identity.startsWith("client:")) {
      builder.clientId(id);
    } else if (identity.startsWith("object:")) {
      builder.objectId(id);
    } else if (identity.startsWith("resource:")) {
      builder.resourceId(id);
    }
    try {
      return builder
          .build()
          .getTokenSync(new TokenRequestContext().addScopes("https://vault.azure.net/.default"))
          .getToken();
    } catch (ClientAuthenticationException e) {
      return REFUSED + e.getClass().getSimpleName();
    }
  }
}
