package dev.keygate.azure.testing;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers what it was told, in order, and remembers what it was asked; fails when told too little.
 */
public final class ScriptedExchange implements Exchange {

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();

  /** The next answer, with a JSON body. */
  public ScriptedExchange answer(int status, String json) {
    return answer(status, json, Map.of());
  }

  /** The next answer, with a JSON body and more headers. */
  public ScriptedExchange answer(int status, String json, Map<String, String> headers) {
    answers.add(json(status, json, headers));
    return this;
  }

  /** The next answer, whatever it is. */
  public ScriptedExchange answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** An answer with a JSON body. */
  public static Answer json(int status, String json, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("Content-Type", List.of("application/json; charset=utf-8"));
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new Answer("https://service.test/path", status, all, Bytes.ofUtf8(json));
  }

  @Override
  public synchronized Answer send(Upstream upstream, Call call) throws FailureException {
    calls.add(call);
    return answers.remove();
  }

  /** Everything that was asked, in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The only call there was. */
  public Call onlyCall() {
    List<Call> all = calls();
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " calls: " + all);
    }
    return all.getFirst();
  }
}
