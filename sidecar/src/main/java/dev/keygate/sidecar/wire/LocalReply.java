package dev.keygate.sidecar.wire;

/** What a call is answered with. */
public sealed interface LocalReply permits LocalAnswer, EventReply {}
