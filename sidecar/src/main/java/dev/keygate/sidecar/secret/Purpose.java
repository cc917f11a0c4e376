package dev.keygate.sidecar.secret;

/** What secret octets are shown for; every place that reveals some names one. */
public enum Purpose {
  /** To open what the octets have wrapped. */
  UNWRAP,
  /** To hold a key against its public half. */
  VERIFY,
  /** To hold a key in one more place. */
  COPY,
  /** To write a key in the format that its consumer asked for. */
  ENCODE,
  /** To hand a key to its consumer. */
  DELIVER
}
