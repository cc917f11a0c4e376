package dev.keygate.cluster.binaries;

/** Executables that are obtained and cached together. */
public enum BinarySet {
  /** What an API server without nodes takes. */
  CONTROL_PLANE,
  /** What real nodes take beside that. */
  NODE
}
