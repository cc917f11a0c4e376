package dev.keygate.sidecar.wire;

import dev.keygate.time.TimeSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one connection on the thread that runs it. Whoever keeps it waiting for a request or for
 * the taking of an answer is cut off by {@link #closeIfOverdue}.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** No deadline: the handler is at work. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int LARGEST_DRAIN_BYTES = 256 * 1024;

  private final SocketChannel channel;
  private final LocalHandler handler;
  private final WireLimits limits;
  private final TimeSource time;
  private final RequestReader reader;
  private final AnswerWriter writer;
  private final AtomicLong deadline = new AtomicLong(NEVER);

  Connection(SocketChannel channel, Listener listener, LocalServer.Serving serving) {
    this.channel = channel;
    this.handler = serving.handler();
    this.limits = serving.limits();
    this.time = serving.time();
    this.reader = new RequestReader(channel, listener);
    this.writer = new AnswerWriter(channel);
    startDeadline();
  }

  /** Serves until either side ends it. */
  void serve() {
    try (channel) {
      while (exchange() == AnswerWriter.Connection.KEPT) {
        startDeadline();
      }
      startDeadline();
      drain();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // The other side went away, or was cut off; either is its own affair.
      LOG.atDebug().log("A connection of the local API ended early");
    } finally {
      reader.wipe();
    }
  }

  /** Ends the connection if the other side takes too long. */
  void closeIfOverdue() {
    long at = deadline.get();
    if (at != NEVER && time.nanoTime() - at > 0) {
      close();
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      LOG.atDebug().log("A connection of the local API did not close in order");
    }
  }

  private AnswerWriter.Connection exchange() throws IOException, InterruptedException {
    try {
      Optional<LocalRequest> request = reader.next();
      if (request.isEmpty()) {
        return AnswerWriter.Connection.CLOSED;
      }
      deadline.set(NEVER);
      return answer(request.get());
    } catch (WireException refused) {
      startDeadline();
      try (LocalAnswer answer = handler.refusal(refused.defect())) {
        writer.write(answer, AnswerWriter.Extent.WHOLE, AnswerWriter.Connection.CLOSED);
      }
      return AnswerWriter.Connection.CLOSED;
    }
  }

  private AnswerWriter.Connection answer(LocalRequest request)
      throws IOException, InterruptedException {
    switch (reply(request)) {
      case EventReply events -> {
        stream(events);
        return AnswerWriter.Connection.CLOSED;
      }
      case LocalAnswer answer -> {
        AnswerWriter.Connection after =
            request.head().isLast() ? AnswerWriter.Connection.CLOSED : AnswerWriter.Connection.KEPT;
        AnswerWriter.Extent extent =
            request.method().equals("HEAD")
                ? AnswerWriter.Extent.HEAD_ALONE
                : AnswerWriter.Extent.WHOLE;
        startDeadline();
        try (answer) {
          writer.write(answer, extent, after);
        }
        return after;
      }
    }
  }

  /** The entry point of a call: a defect must not take the server down or say too much. */
  private LocalReply reply(LocalRequest request) throws InterruptedException {
    try {
      return handler.answer(request);
    } catch (RuntimeException defect) {
      LOG.atError().setCause(defect).log("A call of the local API failed");
      return handler.refusal(WireDefect.HANDLER_FAILED);
    }
  }

  private void stream(EventReply events) throws IOException, InterruptedException {
    try (EventReply.EventSource source = events.source()) {
      startDeadline();
      writer.writeEventHead();
      long heardAt = time.nanoTime();
      while (channel.isOpen()) {
        String text = source.next();
        boolean isSilent = time.nanoTime() - heardAt > HEARTBEAT.toNanos();
        if (!text.isEmpty() || isSilent) {
          startDeadline();
          writer.writeEvents(text.isEmpty() ? ":\n\n" : text);
          heardAt = time.nanoTime();
        }
        deadline.set(NEVER);
        time.sleep(limits.eventPause());
      }
    }
  }

  /** Reads on for a while: closing with something unread would make the kernel drop the answer. */
  private void drain() throws IOException {
    channel.shutdownOutput();
    ByteBuffer rest = ByteBuffer.allocate(WireLimits.BODY_BYTES);
    for (int drained = 0; drained < LARGEST_DRAIN_BYTES; drained += rest.position()) {
      rest.clear();
      if (channel.read(rest) < 0) {
        return;
      }
    }
    throw new EOFException("too much was sent after the end");
  }

  private void startDeadline() {
    deadline.set(time.nanoTime() + limits.exchange().toNanos());
  }
}
