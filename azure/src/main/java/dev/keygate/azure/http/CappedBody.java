package dev.keygate.azure.http;

import dev.keygate.evidence.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body until it ends or grows over the limit; the length that the sender announced
 * allocates nothing.
 */
final class CappedBody implements HttpResponse.BodySubscriber<Bytes> {

  /** The body has more bytes than the limit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final int limitBytes;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<Bytes> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  CappedBody(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  @Override
  public CompletionStage<Bytes> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (collected.size() + (long) buffer.remaining() > limitBytes) {
        body.completeExceptionally(new TooLargeException());
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      collected.writeBytes(part);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(Bytes.copyOf(collected.toByteArray()));
  }
}
