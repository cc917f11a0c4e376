package dev.keygate.contract;

import dev.keygate.endpoint.KeyVersion;

/** A version of the pinned key that the sidecar may release. */
public record GrantedVersion(KeyVersion version, VersionState state) {}
