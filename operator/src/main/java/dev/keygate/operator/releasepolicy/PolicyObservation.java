package dev.keygate.operator.releasepolicy;

import dev.keygate.api.v1alpha1.ReleasePolicySpec;

/** All that a decision about a ReleasePolicy depends on. */
record PolicyObservation(ReleasePolicySpec spec) {}
