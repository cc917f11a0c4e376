package dev.keygate.azure.keyvault;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Payload;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Key Vault and Managed HSM over their REST interface, which is one and the same for keys. */
public final class KeyVaultHttpClient implements KeyManagementClient {

  /** The oldest version that both services serve with everything that is used here. */
  public static final String API_VERSION = "7.4";

  private static final Upstream VAULT =
      new Upstream("the vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);
  private static final String QUERY = "?api-version=" + API_VERSION;
  private static final int PAGES_LIMIT = 100;
  private static final int UNAUTHORIZED = 401;

  private final Exchange exchange;
  private final BearerTokenSource tokens;
  private final TimeSource time;

  /**
   * @param exchange over TLS
   * @param tokens of the identity that manages keys
   */
  public KeyVaultHttpClient(Exchange exchange, BearerTokenSource tokens, TimeSource time) {
    this.exchange = exchange;
    this.tokens = tokens;
    this.time = time;
  }

  @Override
  public VaultKey create(KeyIdentifier base, KeyCreation creation)
      throws FailureException, InterruptedException {
    Payload body = Payload.json(KeyBundleJson.creation(creation));
    return bundle(base.base(), Call.post(at(base.base(), "/create"), body));
  }

  @Override
  public VaultKey get(KeyIdentifier key) throws FailureException, InterruptedException {
    return bundle(key, Call.get(at(key, "")));
  }

  @Override
  public VaultKey patchPolicy(KeyIdentifier key, VaultReleasePolicy policy)
      throws FailureException, InterruptedException {
    return patch(key.base(), KeyBundleJson.policy(policy));
  }

  @Override
  public VaultKey update(KeyIdentifier key, KeyProperties properties)
      throws FailureException, InterruptedException {
    return patch(key, KeyBundleJson.properties(properties));
  }

  private VaultKey patch(KeyIdentifier key, String json)
      throws FailureException, InterruptedException {
    Call call = new Call(Call.Method.PATCH, at(key, ""), Map.of(), Payload.json(json));
    return bundle(key, call);
  }

  @Override
  public List<VaultKeyVersion> versions(KeyIdentifier key)
      throws FailureException, InterruptedException {
    KeyIdentifier base = key.base();
    List<VaultKeyVersion> versions = new ArrayList<>();
    URI page = at(base, "/versions");
    for (int number = 0; number < PAGES_LIMIT; number++) {
      Answer answer = send(base.vault(), Call.get(page));
      try {
        JsonMembers list = answer.json();
        for (JsonMembers item : list.list("value")) {
          versions.add(KeyBundle.readVersion(item, base));
        }
        String next = list.optionalText("nextLink").orElse("");
        if (next.isEmpty()) {
          return List.copyOf(versions);
        }
        page = NextLink.within(base, next);
      } catch (JsonFormatException malformed) {
        throw malformed(answer, malformed);
      }
    }
    throw new RefusedException(
        Reason.VaultResponseMalformed,
        "the vault at " + base + " lists more than " + PAGES_LIMIT + " pages of versions");
  }

  @Override
  public DeletedKey getDeleted(KeyIdentifier key) throws FailureException, InterruptedException {
    Answer answer = send(key.vault(), Call.get(deleted(key, "")));
    try {
      return KeyBundle.readDeleted(answer.json(), key.base());
    } catch (JsonFormatException malformed) {
      throw malformed(answer, malformed);
    }
  }

  @Override
  public void recover(KeyIdentifier key) throws FailureException, InterruptedException {
    order(key.base(), Call.post(deleted(key, "/recover"), Payload.NONE));
  }

  @Override
  public void softDelete(KeyIdentifier key) throws FailureException, InterruptedException {
    order(key.base(), new Call(Call.Method.DELETE, at(key.base(), ""), Map.of(), Payload.NONE));
  }

  /** A success that is not about the key is a proxy's, and the vault has done nothing. */
  private void order(KeyIdentifier key, Call call) throws FailureException, InterruptedException {
    Answer answer = send(key.vault(), call);
    try {
      KeyBundle.requireAbout(answer.json(), key);
    } catch (JsonFormatException malformed) {
      throw malformed(answer, malformed);
    }
  }

  private VaultKey bundle(KeyIdentifier asked, Call call)
      throws FailureException, InterruptedException {
    Answer answer = send(asked.vault(), call);
    try {
      return KeyBundle.read(answer.json(), asked);
    } catch (JsonFormatException malformed) {
      throw malformed(answer, malformed);
    }
  }

  private Answer send(VaultHost vault, Call call) throws FailureException, InterruptedException {
    if (!vault.hostName().equals(call.uri().getHost())) {
      throw new RefusedException(
          Reason.HostNotAllowed,
          "a call for " + vault + " leads to " + call.address() + "; it was not sent");
    }
    BearerToken token = tokens.token(Audience.of(vault));
    Answer answer =
        exchange.send(VAULT, token.authorize(call.withHeader("Accept", "application/json")));
    if (answer.status() == UNAUTHORIZED) {
      tokens.discard(token);
    }
    if (!answer.isSuccess()) {
      throw VaultErrors.translate(answer, time.now());
    }
    return answer;
  }

  private static RefusedException malformed(Answer answer, JsonFormatException found) {
    return new RefusedException(
        Reason.VaultResponseMalformed,
        "the vault at "
            + answer.describe()
            + " with something that the API does not describe: "
            + found.getMessage());
  }

  private static URI at(KeyIdentifier key, String action) {
    return URI.create(key + action + QUERY);
  }

  private static URI deleted(KeyIdentifier key, String action) {
    return URI.create(key.vault() + "/deletedkeys/" + key.name() + action + QUERY);
  }
}
