package dev.keygate.sidecar.wire;

import dev.keygate.evidence.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A call as it came in.
 *
 * @param head its line and headers
 * @param body the whole body, of bounded size
 * @param listener what it came in by
 */
public record LocalRequest(RequestHead head, Bytes body, Listener listener) {

  /** Upper case. */
  public String method() {
    return head.method();
  }

  /** As sent, with a query if there is one. */
  public String target() {
    return head.target();
  }

  /** The values of a header, in the order in which they came. */
  public List<String> header(String name) {
    return head.header(name);
  }

  /** The value of a header that occurs exactly once. */
  public Optional<String> single(String name) {
    return head.single(name);
  }

  /** Method and target; headers and body may hold secrets. */
  @Override
  public String toString() {
    return head.toString();
  }
}
