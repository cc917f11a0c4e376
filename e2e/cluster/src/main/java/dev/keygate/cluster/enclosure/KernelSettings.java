package dev.keygate.cluster.enclosure;

import dev.keygate.cluster.process.CommandPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Copies of settings that are the whole machine's: whoever writes them in the enclosure changes the
 * copy alone.
 */
public final class KernelSettings {

  /**
   * What a kubelet wants each of them to be (k8s.io/component-helpers, node/util/sysctl). One that
   * finds it so writes nothing; two that write the same copy at once read each other's half.
   */
  private static final Map<String, String> MACHINE_WIDE =
      Map.of(
          "vm/overcommit_memory", "1",
          "vm/panic_on_oom", "0",
          "kernel/panic", "10",
          "kernel/panic_on_oops", "1",
          "kernel/keys/root_maxkeys", "1000000",
          "kernel/keys/root_maxbytes", "25000000");

  private KernelSettings() {}

  /**
   * Puts a copy in place of each setting that a kubelet writes.
   *
   * @param folder for the copies
   */
  public static void shield(Enclosure enclosure, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> setting : MACHINE_WIDE.entrySet()) {
      Path original = Path.of("/proc/sys").resolve(setting.getKey());
      Path copy = folder.resolve(setting.getKey().replace('/', '.'));
      Files.writeString(copy, setting.getValue() + "\n");
      enclosure.require("mount", "--bind", copy.toString(), original.toString());
    }
  }

  /** Lets the enclosure's network pass packets on; this setting is its own. */
  public static void forwardPackets(Enclosure enclosure) throws IOException, InterruptedException {
    CommandPrefix place = enclosure.inside();
    enclosure.require(place, "1\n", List.of("tee", "/proc/sys/net/ipv4/ip_forward"));
  }
}
