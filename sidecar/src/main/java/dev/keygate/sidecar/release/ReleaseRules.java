package dev.keygate.sidecar.release;

import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.unwrap.KeyEncryption;

/**
 * How releases are asked for and judged.
 *
 * @param encryption how keys are to be wrapped
 * @param envelopes decides whether an envelope is believed
 * @param retry how often a vault is asked before it counts as unavailable
 */
public record ReleaseRules(
    KeyEncryption encryption, EnvelopeVerifier envelopes, RetryPolicy retry) {}
