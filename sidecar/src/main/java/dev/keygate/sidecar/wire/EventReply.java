package dev.keygate.sidecar.wire;

/**
 * Server-sent events, until the caller has gone away or the server ends.
 *
 * @param source what there is to tell
 */
public record EventReply(EventSource source) implements LocalReply {

  /** Tells what has happened. Used by one thread. */
  public interface EventSource extends AutoCloseable {
    /** The events since the last call, in the format of the HTML standard §9.2; often none. */
    String next();

    /** Nobody listens any more. */
    @Override
    void close();
  }
}
