package dev.keygate.emulator.maa.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.maa.token.SigningKeys;
import dev.keygate.emulator.maa.token.TokenIssuer;
import java.util.List;
import java.util.Set;

/**
 * Shows a provider's policy and its signers to whoever the tenant knows. Nobody has the role to
 * change them, as nobody has with a shared provider:
 *
 * <pre>
 *   GET /policies/{type}   {token: JWS of {x-ms-policy: unsigned JWS of {AttestationPolicy}}}
 *   GET /certificates      {token: JWS of {x-ms-policy-certificates: {keys: []}}}
 *   PUT /policies/{type}, POST /policies/{type}:reset, POST /certificates:add and :remove
 * </pre>
 */
public final class ManagementRoutes {

  private static final Set<String> TYPES =
      Set.of("sgxenclave", "openenclave", "azureguest", "sevsnpvm", "tpm", "tdxvm");

  private final TokenIssuer tokens;
  private final SigningKeys keys;

  /**
   * @param tokens signs what is shown
   * @param keys says which region answers
   */
  public ManagementRoutes(TokenIssuer tokens, SigningKeys keys) {
    this.tokens = tokens;
    this.keys = keys;
  }

  /** What a management request comes to. */
  public sealed interface Outcome {

    /** A body to answer with. */
    record Shown(ObjectNode body) implements Outcome {}

    /** The caller has no role that allows it. */
    record NotAllowed() implements Outcome {}

    /** The paired region takes no changes. */
    record Blocked() implements Outcome {}

    /** There is no evidence of this type. */
    record UnknownType() implements Outcome {}

    /** The route is not one for this method. */
    record WrongMethod() implements Outcome {}
  }

  /** Whether a path, in lower case, is one of these routes. */
  public static boolean isOne(List<String> path) {
    return (path.size() == 2 && path.getFirst().equals("policies"))
        || (path.size() == 1 && path.getFirst().split(":", 2)[0].equals("certificates"));
  }

  /** Answers a request whose caller is known. */
  public Outcome answer(String method, List<String> path, AttestationPolicy policy) {
    String[] target = path.getLast().split(":", 2);
    boolean action = target.length == 2;
    if (path.size() == 2 && !TYPES.contains(target[0])) {
      return new Outcome.UnknownType();
    }
    return switch (method) {
      case "GET" ->
          action
              ? new Outcome.WrongMethod()
              : new Outcome.Shown(path.size() == 2 ? policy(policy) : signers());
      case "PUT" -> action || path.size() == 1 ? new Outcome.WrongMethod() : change();
      case "POST" -> action ? change() : new Outcome.WrongMethod();
      default -> new Outcome.WrongMethod();
    };
  }

  private Outcome change() {
    return keys.region() == SigningKeys.Region.PAIRED
        ? new Outcome.Blocked()
        : new Outcome.NotAllowed();
  }

  private ObjectNode policy(AttestationPolicy policy) {
    String stored = CompactJws.unsigned(Json.object().put("AttestationPolicy", policy.encoded()));
    return token(Json.object().put("x-ms-policy", stored));
  }

  private ObjectNode signers() {
    ObjectNode claims = Json.object();
    claims.putObject("x-ms-policy-certificates").putArray("keys");
    return token(claims);
  }

  private ObjectNode token(ObjectNode claims) {
    return Json.object().put("token", tokens.signed(claims));
  }
}
