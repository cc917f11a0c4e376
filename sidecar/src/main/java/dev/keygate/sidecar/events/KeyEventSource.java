package dev.keygate.sidecar.events;

import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.wire.EventReply;
import java.util.stream.Collectors;

/**
 * Tells what becomes of one key. It begins with how the key stands, so that whoever listens again
 * has missed nothing.
 */
public final class KeyEventSource implements EventReply.EventSource {

  private final String name;
  private final MemoryLease lease;
  private final OutcomeBoard board;
  private final Runnable whenClosed;
  private KeySnapshot before = KeySnapshot.NOTHING;

  /**
   * @param whenClosed is run when nobody listens any more
   */
  public KeyEventSource(String name, MemoryLease lease, OutcomeBoard board, Runnable whenClosed) {
    this.name = name;
    this.lease = lease;
    this.board = board;
    this.whenClosed = whenClosed;
  }

  @Override
  public String next() {
    KeySnapshot now = KeySnapshot.of(name, lease, board);
    String text =
        KeyEvent.between(before, now).stream()
            .map(event -> event.text(name))
            .collect(Collectors.joining());
    before = now;
    return text;
  }

  @Override
  public void close() {
    whenClosed.run();
  }
}
