package dev.keygate.images.training;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.images.rootfs.Confined;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a product does in its daily life, and what it needs for that. */
public sealed interface Workload permits OperatorWorkload, SidecarWorkload {

  /** Every process is ready within this, also one that records what it does. */
  Duration READY_WITHIN = Duration.ofSeconds(60);

  /**
   * The process with its settings, before anybody has started it.
   *
   * @param command the program and its JVM flags
   */
  Confined process(List<String> command);

  /**
   * Waits until the process is ready.
   *
   * @throws IOException if it is not in time; quotes its log
   */
  void awaitReady(ChildProcess process) throws IOException, InterruptedException;

  /**
   * Has the ready process do everything that it usually does.
   *
   * @throws IOException if it does not do it
   */
  void drive(ChildProcess process) throws IOException, InterruptedException;
}
