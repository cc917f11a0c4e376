package dev.keygate.operator.injection.pod;

import dev.keygate.endpoint.KeyIdentifier;

/**
 * Which key a name stands for, for as long as the pod lives.
 *
 * @param name the ExportableKey's, by which the app calls it
 * @param identifier without a version
 */
public record PinnedKey(String name, KeyIdentifier identifier) {}
