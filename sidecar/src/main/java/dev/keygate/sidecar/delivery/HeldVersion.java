package dev.keygate.sidecar.delivery;

import dev.keygate.contract.VersionState;
import dev.keygate.sidecar.unwrap.KeyDescription;

/** A version that is held, without its material. */
public record HeldVersion(KeyDescription description, VersionState state) {}
