package dev.keygate.scenarios.shipped;

import dev.keygate.cluster.process.ChildCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one of our jars is started: the flags that the images use, settings as system properties.
 *
 * @param name for messages and the closing table
 * @param flags of the JVM
 * @param settings by their full names
 * @param program the jar, or a class in a jar
 * @param arguments after the program
 */
public record JavaProcess(
    String name,
    List<String> flags,
    SortedMap<String, String> settings,
    List<String> program,
    List<String> arguments) {

  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED");

  /** A process with a bounded heap. */
  public static JavaProcess of(String name, Path jar, String maximalHeap) {
    List<String> flags = new ArrayList<>(SMALL);
    flags.add("-Xmx" + maximalHeap);
    return new JavaProcess(
        name, flags, new TreeMap<>(), List.of("-jar", jar.toString()), List.of());
  }

  /** The same with the quick compiler alone: less memory, a sooner start, slower arithmetic. */
  public JavaProcess startingFast() {
    List<String> more = new ArrayList<>(flags);
    more.add("-XX:TieredStopAtLevel=1");
    return new JavaProcess(name, more, settings, program, arguments);
  }

  /** The same, but another class of the jar than the one that its manifest names. */
  public JavaProcess startingAt(Class<?> main) {
    return new JavaProcess(
        name, flags, settings, List.of("-cp", program.getLast(), main.getName()), arguments);
  }

  /** The same with one more setting. */
  public JavaProcess with(String setting, Object value) {
    SortedMap<String, String> more = new TreeMap<>(settings);
    more.put(setting, value.toString());
    return new JavaProcess(name, flags, more, program, arguments);
  }

  /** The same with these arguments after the jar. */
  public JavaProcess withArguments(List<String> all) {
    return new JavaProcess(name, flags, settings, program, all);
  }

  /** The command line. */
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", "/usr"), "bin", "java").toString());
    command.addAll(flags);
    settings.forEach((setting, value) -> command.add("-D" + setting + "=" + value));
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }

  /** The child that runs it, with a log named after it. */
  public ChildCommand child(Path logs, Map<String, String> environment) {
    return new ChildCommand(name, command(), environment, logs.resolve(name + ".log"));
  }
}
