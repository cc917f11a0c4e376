package dev.keygate.sidecar.testing;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A vault behind an exchange: it wraps the target key to the transfer key and signs. */
public final class TestVault implements Exchange {

  /** Its host. */
  public static final String HOST = "contoso.vault.azure.net";

  /** What it signs with. */
  public static final TestCertificates CERTIFICATES = TestCertificates.forHost(HOST);

  private static final String DENIAL = "The token does not meet key release policy requirements.";

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile Predicate<String> denied = key -> false;
  private volatile UnaryOperator<EnvelopeDraft> change = UnaryOperator.identity();

  /** Answers with this status and no envelope from now on; 200 releases again. */
  public void answer(int newStatus) {
    status = newStatus;
  }

  /** Denies what its policy does not admit any more: the keys and versions for which this holds. */
  public void deny(Predicate<String> newDenied) {
    denied = newDenied;
  }

  /** Changes every envelope before it is signed. */
  public void tamper(UnaryOperator<EnvelopeDraft> newChange) {
    change = newChange;
  }

  /** The keys that were asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Answer send(Upstream upstream, Call call) {
    String key =
        "https://" + call.uri().getHost() + call.uri().getPath().replaceFirst("/release$", "");
    asked.add(key);
    int answered = status == 200 && denied.test(key) ? 403 : status;
    String body =
        switch (answered) {
          case 200 -> "{\"value\":\"" + envelope(key, call) + "\"}";
          case 403 -> "{\"error\":{\"code\":\"Forbidden\",\"message\":\"" + DENIAL + "\"}}";
          case 404 -> "{\"error\":{\"code\":\"KeyNotFound\"}}";
          default -> "{}";
        };
    return new Answer(
        key, answered, Map.of("content-type", List.of("application/json")), Bytes.ofUtf8(body));
  }

  private String envelope(String key, Call call) {
    try {
      JsonMembers request = JsonMembers.parse(call.payload().body());
      EnvelopeDraft draft = EnvelopeDraft.of(key, request.text("enc"), request.text("nonce"));
      boolean isVersioned = key.matches(".*/[0-9a-f]{32}");
      return change.apply(isVersioned ? draft.withResponseKid(key) : draft).sign(CERTIFICATES);
    } catch (JsonFormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
