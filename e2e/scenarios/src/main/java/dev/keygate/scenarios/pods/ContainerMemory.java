package dev.keygate.scenarios.pods;

import dev.keygate.scenarios.story.Surprise;
import java.util.List;

/**
 * A container's memory by its cgroup, in bytes.
 *
 * @param currentBytes with page cache
 * @param peakBytes the most so far, with page cache
 * @param anonymousBytes what cannot be reclaimed, without memory-backed volumes
 */
public record ContainerMemory(long currentBytes, long peakBytes, long anonymousBytes) {

  /** Two numbers, then the lines of {@code memory.stat}. */
  static ContainerMemory parse(String text) throws Surprise {
    List<String> lines = text.lines().toList();
    try {
      long anonymous =
          lines.stream()
              .filter(line -> line.startsWith("rss "))
              .mapToLong(line -> Long.parseLong(line.substring("rss ".length())))
              .findFirst()
              .orElse(0);
      return new ContainerMemory(
          Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), anonymous);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new Surprise("expected a cgroup's memory figures, found " + text, e);
    }
  }
}
