package dev.keygate.emulator.maa.platform;

/** What is done about hardware evidence without runtime data. */
public enum EmptyRuntimeData {
  /** It is bound like any other: the report must carry the digest of nothing. */
  BOUND,
  /** The report may carry anything; the token then has no {@code x-ms-runtime}. */
  UNBOUND
}
