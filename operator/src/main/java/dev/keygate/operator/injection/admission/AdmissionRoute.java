package dev.keygate.operator.injection.admission;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/inject}. The body is collected on the event loop, up to a limit; the review runs
 * on a virtual thread of its own, because it may have to ask the API server.
 */
final class AdmissionRoute implements Handler<HttpServerRequest> {

  static final String PATH = "/v1/inject";

  /** A pod has at most 1.5 MB in etcd; a review quotes it once. */
  static final int LONGEST_BODY = 3 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionRoute.class);
  private static final int MOST_AT_ONCE = 64;
  private static final Duration READ_WITHIN = Duration.ofSeconds(10);
  private static final String JSON = "application/json";

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Vertx vertx;
  private final Admission admission;
  private final ExecutorService reviews;

  AdmissionRoute(Vertx vertx, Admission admission, ExecutorService reviews) {
    this.vertx = vertx;
    this.admission = admission;
    this.reviews = reviews;
  }

  @Override
  public void handle(HttpServerRequest request) {
    int refusal = refusal(request);
    if (refusal == 0) {
      read(request);
    } else {
      close(request, refusal);
    }
  }

  /** The status of a request that is not worth reading; 0 for one that is. */
  private static int refusal(HttpServerRequest request) {
    if (!PATH.equals(request.path())) {
      return 404;
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return 405;
    }
    if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      return 415;
    }
    return isTooLong(request.getHeader(HttpHeaders.CONTENT_LENGTH)) ? 413 : 0;
  }

  private static boolean isJson(@Nullable String type) {
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(JSON);
  }

  private static boolean isTooLong(@Nullable String length) {
    return length != null
        && (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > LONGEST_BODY);
  }

  private void read(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    long deadline = vertx.setTimer(READ_WITHIN.toMillis(), _ -> request.connection().close());
    request.exceptionHandler(_ -> vertx.cancelTimer(deadline));
    request.handler(
        part -> {
          if (body.length() + part.length() > LONGEST_BODY) {
            vertx.cancelTimer(deadline);
            request.handler(_ -> {});
            request.endHandler(_ -> {});
            close(request, 413);
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        _ -> {
          vertx.cancelTimer(deadline);
          answer(request, body.getBytes());
        });
  }

  private void answer(HttpServerRequest request, byte[] body) {
    if (!places.tryAcquire()) {
      end(request, 503);
      return;
    }
    Context eventLoop = vertx.getOrCreateContext();
    try {
      reviews.execute(
          () -> {
            Runnable respond = review(request, body);
            places.release();
            eventLoop.runOnContext(_ -> respond.run());
          });
    } catch (RejectedExecutionException closing) {
      places.release();
      end(request, 503);
    }
  }

  private Runnable review(HttpServerRequest request, byte[] body) {
    try {
      Buffer answer = Buffer.buffer(admission.review(body));
      return () -> end(request, answer);
    } catch (MalformedReviewException e) {
      LOG.debug("A review is malformed: {}", e.getMessage());
      return () -> end(request, 400);
    } catch (RuntimeException e) {
      LOG.error("A review failed by a defect", e);
      return () -> end(request, 500);
    }
  }

  private static void end(HttpServerRequest request, Buffer answer) {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(answer);
    }
  }

  private static void end(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      response.setStatusCode(status).end();
    }
  }

  /** What has not been read of the request would be taken for the next one. */
  private static void close(HttpServerRequest request, int status) {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    end(request, status);
  }
}
