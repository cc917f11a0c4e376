package dev.keygate.scenarios.story;

import dev.keygate.time.TimeSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells the demo, one line a step with the time it took, and remembers the steps for the closing
 * table. Used by one thread.
 */
public final class Story {

  /** What a step does; its result is the rest of the line. */
  @FunctionalInterface
  public interface Step {
    String run() throws Surprise, InterruptedException;
  }

  private record Told(String title, Duration took) {}

  private final PrintWriter out;
  private final TimeSource time;
  private final long began;
  private final List<Told> told = new ArrayList<>();

  public Story(PrintWriter out, TimeSource time) {
    this.out = out;
    this.time = time;
    this.began = time.nanoTime();
  }

  /** Runs a step and tells what came of it. */
  public void step(String title, Step step) throws Surprise, InterruptedException {
    long start = time.nanoTime();
    String result;
    try {
      result = step.run();
    } catch (Surprise surprise) {
      throw surprise.during(title);
    }
    Duration took = since(start);
    told.add(new Told(title, took));
    out.printf(Locale.ROOT, "%7s  %s: %s%n", seconds(took), title, result);
    out.flush();
  }

  /** A heading between steps. */
  public void chapter(String title) {
    out.println();
    out.println(title);
    out.flush();
  }

  /** A line within a step that takes long. */
  public void note(String line) {
    out.println("         " + line);
    out.flush();
  }

  /** The closing table: how long each step took, and what the processes need. */
  public void close(List<ProcessFigure> processes) {
    chapter("What it took");
    for (Told each : told) {
      out.printf(Locale.ROOT, "%7s  %s%n", seconds(each.took()), each.title());
    }
    out.printf(Locale.ROOT, "%7s  in all%n", seconds(since(began)));
    chapter("Memory (resident now, most)");
    for (ProcessFigure each : processes) {
      out.printf(
          Locale.ROOT,
          "%4d MiB %4d MiB  %s%n",
          each.residentMebibytes(),
          each.mostMebibytes(),
          each.name());
    }
    out.flush();
  }

  /** What a process needs, in MiB of resident memory. */
  public record ProcessFigure(String name, long residentMebibytes, long mostMebibytes) {}

  private Duration since(long start) {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
