package dev.keygate.operator.throttle;

/**
 * The object that a vault is called for.
 *
 * @param namespace shares a vault's calls evenly with every other namespace that wants some
 * @param name unique in the namespace
 */
public record Caller(String namespace, String name) {}
