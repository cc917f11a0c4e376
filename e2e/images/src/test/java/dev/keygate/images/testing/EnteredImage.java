package dev.keygate.images.testing;

import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.images.archive.ImageArchive;
import dev.keygate.images.archive.LayoutOnDisk;
import dev.keygate.images.rootfs.Confined;
import dev.keygate.images.rootfs.Privilege;
import dev.keygate.images.rootfs.Rootfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image laid out as a runtime lays it out, and its entry point as a pod starts it: a read-only
 * root, the environment of the image and of the pod, a user who is not root where the machine
 * allows it. The JVM must use its AOT cache or refuse to start.
 */
public final class EnteredImage {

  /** As injection sets it. */
  private static final String POD_USER = "65532:0";

  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final ImageArchive image;
  private final Rootfs rootfs;
  private final ChildProcesses children;

  private EnteredImage(ImageArchive image, Rootfs rootfs, ChildProcesses children) {
    this.image = image;
    this.rootfs = rootfs;
    this.children = children;
  }

  /** Lays it out in a folder that does not exist yet. */
  public static EnteredImage layOut(
      Path archive, Path folder, Privilege privilege, ChildProcesses children) throws IOException {
    ImageArchive image = ImageArchive.read(archive);
    LayoutOnDisk.of(image, Files.createDirectories(folder));
    return new EnteredImage(image, new Rootfs(folder, privilege), children);
  }

  /** Where a path of the image is. */
  public Path inside(String path) {
    return rootfs.inside(Path.of(path));
  }

  /** The entry point's words with one that makes an unfit cache a failure. */
  public List<String> entrypoint() {
    List<String> command = new ArrayList<>(image.entrypoint());
    command.add(1, "-XX:AOTMode=on");
    return command;
  }

  /** Starts a process that keeps running. */
  public ChildProcess start(String name, Confined process, Path logs) throws IOException {
    return children.start(
        new ChildCommand(name, command(process), Map.of(), logs.resolve(name + ".log")));
  }

  /** Runs the entry point with arguments to its end. */
  public CommandResult run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(entrypoint());
    command.addAll(List.of(arguments));
    return children.run(command(Confined.of(command)), Map.of(), "", WITHIN);
  }

  private List<String> command(Confined process) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    image.environment().forEach(each -> environment.put(name(each), value(each)));
    Confined inPod = process.with(environment);
    return rootfs.command(rootfs.privilege() == Privilege.ROOT ? inPod.as(POD_USER) : inPod);
  }

  private static String name(String variable) {
    return variable.substring(0, variable.indexOf('='));
  }

  private static String value(String variable) {
    return variable.substring(variable.indexOf('=') + 1);
  }
}
