package dev.keygate.operator.exportablekey;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.operator.exportablekey.ModelTrouble.VaultFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator's way to the vaults: through trouble, and past whoever checks its writes. */
final class ModelExchange implements Exchange {

  /** Is shown every call that reached a vault, with the key before and after it. */
  interface Witness {
    void saw(Call call, int status, Optional<VaultKey> before, Optional<VaultKey> after);

    void failed(VaultFault fault);
  }

  private final ModelVaults vaults;
  private final ModelTrouble trouble;
  private final Witness witness;

  ModelExchange(ModelVaults vaults, ModelTrouble trouble, Witness witness) {
    this.vaults = vaults;
    this.trouble = trouble;
    this.witness = witness;
  }

  @Override
  public Answer send(Upstream upstream, Call call) throws FailureException, InterruptedException {
    trouble.beforeCall();
    VaultFault fault = trouble.vaultFault();
    if (fault != VaultFault.NONE) {
      witness.failed(fault);
    }
    Answer answer =
        switch (fault) {
          case NONE -> reach(upstream, call);
          case REQUEST_LOST -> throw lost(upstream);
          case ANSWER_LOST -> {
            reach(upstream, call);
            throw lost(upstream);
          }
          case THROTTLED ->
              answer(
                  call, 429, Map.of("Retry-After", List.of("7")), "{\"error\":{\"code\":\"x\"}}");
          case THROTTLED_WITHOUT_HINT -> answer(call, 429, Map.of(), "{}");
          case SERVER_ERROR -> answer(call, 500, Map.of(), "{}");
          case UNAVAILABLE -> answer(call, 503, Map.of(), "");
          case TIMEOUT -> answer(call, 408, Map.of(), "");
          case TOKEN_REFUSED -> answer(call, 401, Map.of(), "{}");
          case HALF_AN_ANSWER -> half(reach(upstream, call));
          case PROXY_PAGE -> answer(call, 200, Map.of(), "<html>");
          case PROXY_NOT_FOUND -> answer(call, 404, Map.of(), "<html>");
        };
    trouble.mayCrash();
    return answer;
  }

  private Answer reach(Upstream upstream, Call call) throws FailureException, InterruptedException {
    String host = String.valueOf(call.uri().getHost());
    String name = call.uri().getPath().split("/", -1)[2];
    Optional<VaultKey> before = vaults.truth(host, name);
    Answer answer = vaults.direct().send(upstream, call);
    witness.saw(call, answer.status(), before, vaults.truth(host, name));
    return answer;
  }

  private static Answer half(Answer whole) {
    String body = whole.body().utf8();
    return new Answer(
        whole.address(),
        whole.status(),
        whole.headers(),
        Bytes.ofUtf8(body.substring(0, body.length() / 2)));
  }

  private static Answer answer(
      Call call, int status, Map<String, List<String>> headers, String body) {
    return new Answer(call.address(), status, headers, Bytes.ofUtf8(body));
  }

  private static UnavailableException lost(Upstream upstream) {
    return new UnavailableException(upstream.unavailable(), "the connection broke");
  }
}
