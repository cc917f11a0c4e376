package dev.keygate.cluster.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Feeds a short command and collects its output, both streams at once so that neither blocks. */
final class CommandExchange {

  private static final int MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

  private CommandExchange() {}

  static CommandResult complete(Process process, String stdin, Duration within)
      throws ChildProcessException, InterruptedException {
    FutureTask<String> stdout = collect(process.getInputStream());
    FutureTask<String> stderr = collect(process.getErrorStream());
    Thread.ofVirtual().start(() -> feed(process, stdin));
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ChildProcessException("did not end within " + within.toSeconds() + " s");
    }
    try {
      return new CommandResult(process.exitValue(), stdout.get(), stderr.get());
    } catch (ExecutionException e) {
      throw new ChildProcessException("has unreadable output: " + e.getCause(), e.getCause());
    }
  }

  private static void feed(Process process, String stdin) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(stdin.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading all of it; its exit code tells.
    }
  }

  private static FutureTask<String> collect(InputStream stream) {
    FutureTask<String> task = new FutureTask<>(() -> read(stream));
    Thread.ofVirtual().start(task);
    return task;
  }

  private static String read(InputStream stream) throws IOException {
    try (stream) {
      byte[] bytes = stream.readNBytes(MAX_OUTPUT_BYTES);
      stream.transferTo(OutputStream.nullOutputStream());
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
