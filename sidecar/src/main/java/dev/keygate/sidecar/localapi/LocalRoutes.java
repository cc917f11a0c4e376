package dev.keygate.sidecar.localapi;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.secret.Purpose;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the local API over HTTP. Everything is answered on the event loop: answers come out of
 * memory.
 */
public final class LocalRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(LocalRoutes.class);

  private final LocalApi api;

  /** Routes to this API. */
  public LocalRoutes(LocalApi api) {
    this.api = api;
  }

  /** Answers every request that reaches the router. */
  public void mount(Router router) {
    router.route().handler(routing -> receive(routing.request()));
  }

  /** Reads the body by hand, so that one that is too large is not kept. */
  private void receive(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    boolean[] isAnswered = {false};
    request.handler(
        chunk -> {
          if (isAnswered[0]) {
            return;
          }
          if (body.length() + chunk.length() > LocalApi.BODY_LIMIT_BYTES) {
            isAnswered[0] = true;
            send(request.response().putHeader("Connection", "close"), LocalApi.bodyTooLarge());
            return;
          }
          body.appendBuffer(chunk);
        });
    request.endHandler(
        _ -> {
          if (!isAnswered[0]) {
            send(request.response(), answer(request, Bytes.copyOf(body.getBytes())));
          }
        });
  }

  private LocalAnswer answer(HttpServerRequest request, Bytes body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : request.headers().names()) {
      headers.put(name, request.headers().getAll(name));
    }
    try {
      return api.answer(new LocalRequest(request.method().name(), request.path(), headers, body));
    } catch (RuntimeException defect) {
      // The entry point of a call: a defect must not take the server down or say too much.
      LOG.atError().setCause(defect).log("A call of the local API failed");
      return Problems.of(ApiCode.InternalError, "See the sidecar's log.");
    }
  }

  private static void send(HttpServerResponse response, LocalAnswer answer) {
    try (answer) {
      response.setStatusCode(answer.status());
      answer.headers().forEach(response::putHeader);
      response
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Content-Type-Options", "nosniff");
      Buffer body = answer.body().reveal(Purpose.DELIVER, Buffer::buffer);
      response.end(body).onComplete(_ -> body.setBytes(0, new byte[body.length()]));
    }
  }
}
