package dev.keygate.cluster.node;

import java.util.Map;

/**
 * What is said about a node before it is started.
 *
 * @param name of the Node object
 * @param address its own on the pods' network
 * @param podRange the addresses its pods get
 * @param labels beside those that every node has
 */
public record NodeSpec(
    String name, String address, AddressRange podRange, Map<String, String> labels) {

  public NodeSpec {
    labels = Map.copyOf(labels);
  }

  /**
   * Addresses from the first to the last one.
   *
   * @param first such as {@code 10.244.0.16}
   * @param last in the same subnet
   */
  public record AddressRange(String first, String last) {}
}
