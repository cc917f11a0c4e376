package dev.keygate.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster has beside what every one has.
 *
 * @param addresses of the bridge, each with its prefix length, such as {@code 169.254.169.254/32}:
 *     a server in the cluster's network may listen on them, and pods reach it
 * @param images archives that both nodes are given before anything runs
 */
public record ClusterOptions(List<String> addresses, List<Path> images) {

  public ClusterOptions {
    addresses = List.copyOf(addresses);
    images = List.copyOf(images);
  }

  /** Nothing more. */
  public static ClusterOptions plain() {
    return new ClusterOptions(List.of(), List.of());
  }

  /** One more address. */
  public ClusterOptions withAddress(String address) {
    List<String> more = new ArrayList<>(addresses);
    more.add(address);
    return new ClusterOptions(more, images);
  }

  /** More images. */
  public ClusterOptions withImages(List<Path> archives) {
    List<Path> more = new ArrayList<>(images);
    more.addAll(archives);
    return new ClusterOptions(addresses, more);
  }
}
