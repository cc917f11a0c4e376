package dev.keygate.images.training;

import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.recipe.ImageLayout;
import dev.keygate.images.recipe.Product;
import dev.keygate.images.rootfs.Confined;
import dev.keygate.images.rootfs.Rootfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Makes AOT caches in two steps, as one step would start a shell, which the image does not have: a
 * JVM records what it loads while it works, a second one makes the cache of the record.
 */
public final class Trainer {

  private static final Duration STEP_WITHIN = Duration.ofMinutes(2);
  private static final String RECORD = ImageLayout.APP + "/app.aotconf";

  private final ChildProcesses children;
  private final Path logs;

  /**
   * A trainer.
   *
   * @param logs receives what the processes write
   */
  public Trainer(ChildProcesses children, Path logs) {
    this.children = children;
    this.logs = logs;
  }

  /**
   * Trains a product in its image's file system, which this changes by the cache alone.
   *
   * @return the cache
   * @throws IOException if the product does not do its work, or its JVM makes no cache; quotes it
   */
  public Path train(Product product, Rootfs rootfs, Workload workload)
      throws IOException, InterruptedException {
    record(product, rootfs, workload);
    create(product, rootfs);
    Path cache = rootfs.inside(Path.of(ImageLayout.AOT_CACHE));
    Files.delete(rootfs.inside(Path.of(RECORD)));
    return cache;
  }

  private void record(Product product, Rootfs rootfs, Workload workload)
      throws IOException, InterruptedException {
    Confined process =
        workload
            .process(
                product.command(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + RECORD)))
            .writable();
    ChildProcess child = start(product.imageName() + "-record", rootfs, process);
    workload.awaitReady(child);
    workload.drive(child);
    // stop() would kill it after five seconds; it writes its record after SIGTERM.
    ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroy);
    end(child, rootfs, RECORD);
  }

  private void create(Product product, Rootfs rootfs) throws IOException, InterruptedException {
    Confined process =
        Confined.of(
                product.command(
                    List.of(
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + RECORD,
                        "-XX:AOTCache=" + ImageLayout.AOT_CACHE)))
            .writable();
    end(start(product.imageName() + "-create", rootfs, process), rootfs, ImageLayout.AOT_CACHE);
  }

  private ChildProcess start(String name, Rootfs rootfs, Confined process) throws IOException {
    return children.start(
        new ChildCommand(name, rootfs.command(process), Map.of(), logs.resolve(name + ".log")));
  }

  private static void end(ChildProcess child, Rootfs rootfs, String output)
      throws IOException, InterruptedException {
    OptionalInt code = child.awaitExit(STEP_WITHIN);
    if (code.isEmpty() || !Files.exists(rootfs.inside(Path.of(output)))) {
      String how = code.isEmpty() ? "still runs" : "ended with exit code " + code.getAsInt();
      child.stop();
      throw new IOException(
          "expected "
              + child.name()
              + " to write "
              + output
              + ", but it "
              + how
              + "; it said last:\n  "
              + String.join("\n  ", child.lastLogLines(12)));
    }
  }
}
