package dev.keygate.sidecar.unwrap;

/** Where a value lies within an encoding; says nothing of what it is. */
record DerRange(int offset, int length) {}
