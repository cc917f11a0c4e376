package dev.keygate.policy;

/**
 * A comparison that Key Vault parses and does not evaluate.
 *
 * @param path of the condition, such as {@code anyOf[0].allOf[2]}
 */
public record UnsupportedOperator(String path, Operator operator) {}
