package dev.keygate.cluster;

import java.io.IOException;

/** Chooses the ports of one attempt to start. */
@FunctionalInterface
interface PortSource {

  /** Asked again after an attempt for which a port was taken. */
  ControlPlanePorts pick() throws IOException;
}
