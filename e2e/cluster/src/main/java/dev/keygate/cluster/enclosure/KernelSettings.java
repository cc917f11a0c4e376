package dev.keygate.cluster.enclosure;

import dev.keygate.cluster.process.CommandPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies of settings that are the whole machine's: whoever writes them in the enclosure changes the
 * copy alone.
 */
public final class KernelSettings {

  private static final List<String> MACHINE_WIDE =
      List.of(
          "vm/overcommit_memory",
          "vm/panic_on_oom",
          "kernel/panic",
          "kernel/panic_on_oops",
          "kernel/keys/root_maxkeys",
          "kernel/keys/root_maxbytes");

  private KernelSettings() {}

  /**
   * Puts a copy in place of each setting that a kubelet writes.
   *
   * @param folder for the copies
   */
  public static void shield(Enclosure enclosure, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (String setting : MACHINE_WIDE) {
      Path original = Path.of("/proc/sys").resolve(setting);
      Path copy = folder.resolve(setting.replace('/', '.'));
      Files.writeString(copy, Files.readString(original));
      enclosure.require("mount", "--bind", copy.toString(), original.toString());
    }
  }

  /** Lets the enclosure's network pass packets on; this setting is its own. */
  public static void forwardPackets(Enclosure enclosure) throws IOException, InterruptedException {
    CommandPrefix place = enclosure.inside();
    enclosure.require(place, "1\n", List.of("tee", "/proc/sys/net/ipv4/ip_forward"));
  }
}
