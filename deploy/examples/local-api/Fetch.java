import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes an HMAC of a text with the key "session". */
class Fetch {
  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    String api = environment.getOrDefault("KEYGATE_API", "http://127.0.0.1:8250");
    Path folder = Path.of(environment.getOrDefault("KEYGATE_FOLDER", "/run/keygate"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + "/v1/keys/session/material"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + Files.readString(folder.resolve("token")))
            .header("Content-Type", "application/json")
            .header("Accept", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    // No proxy: the address is this machine's own.
    HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    byte[] key = answer.body();
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(new String(key, StandardCharsets.UTF_8));
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    Arrays.fill(key, (byte) 0);
    byte[] text = arguments[0].getBytes(StandardCharsets.UTF_8);
    System.out.println(HexFormat.of().formatHex(mac.doFinal(text)));
  }
}
