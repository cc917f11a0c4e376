package dev.keygate.sidecar.wire;

import java.nio.file.Path;

/** What calls come in by. */
public sealed interface Listener {

  /** A port on 127.0.0.1, which every container of the pod reaches. */
  record Loopback(int port) implements Listener {}

  /**
   * A Unix socket in the folder of one container, which no other container has mounted.
   *
   * @param container whose folder that is
   */
  record ContainerSocket(String container, Path path) implements Listener {}
}
