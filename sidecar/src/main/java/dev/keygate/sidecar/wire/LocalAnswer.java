package dev.keygate.sidecar.wire;

import dev.keygate.sidecar.secret.SecretBytes;
import java.util.Map;

/**
 * One answer. Every body is treated as if it held a key: whoever sends it closes it.
 *
 * @param status the HTTP status
 * @param headers those that differ from call to call
 * @param body the whole body
 */
public record LocalAnswer(int status, Map<String, String> headers, SecretBytes body)
    implements LocalReply, AutoCloseable {

  /** Copies the headers. */
  public LocalAnswer {
    headers = Map.copyOf(headers);
  }

  @Override
  public void close() {
    body.close();
  }
}
