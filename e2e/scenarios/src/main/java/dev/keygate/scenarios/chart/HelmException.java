package dev.keygate.scenarios.chart;

/** Helm has refused or not reached the cluster; the message is helm's. */
public final class HelmException extends Exception {

  private static final long serialVersionUID = 1L;

  HelmException(String message, Throwable cause) {
    super(message, cause);
  }
}
