package dev.keygate.bench.sidecar;

import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.ImageOptions;
import dev.keygate.images.ProductImages;
import dev.keygate.images.archive.ImageArchive;
import dev.keygate.images.archive.LayoutOnDisk;
import dev.keygate.images.content.Checkout;
import dev.keygate.images.rootfs.Confined;
import dev.keygate.images.rootfs.Privilege;
import dev.keygate.images.rootfs.Rootfs;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The sidecar's image as it is shipped, laid out in a folder. Its entry point runs on a root that
 * it cannot change, as the user that injection sets; a JVM that does not take its AOT cache ends.
 */
final class ShippedImage {

  private static final String POD_USER = "65532:0";

  private final ImageArchive image;
  private final Rootfs rootfs;
  private final ChildProcesses children;

  private ShippedImage(ImageArchive image, Rootfs rootfs, ChildProcesses children) {
    this.image = image;
    this.rootfs = rootfs;
    this.children = children;
  }

  /** Builds what changed and lays the image out in a folder that is not there yet. */
  static ShippedImage layOut(
      Path checkout, Path root, ChildProcesses children, Consumer<String> progress)
      throws Surprise, IOException, InterruptedException {
    Privilege privilege =
        Privilege.find(children)
            .orElseThrow(
                () ->
                    new Surprise(
                        "expected root or a user namespace, to run the sidecar's image as its own"
                            + " root; this machine grants neither"));
    ProductImages images =
        ProductImages.build(
            ImageOptions.forThisMachine(new Checkout(checkout), System.getenv()),
            children,
            progress::accept);
    ImageArchive image = ImageArchive.read(images.sidecar().archive());
    LayoutOnDisk.of(image, Files.createDirectories(root));
    return new ShippedImage(image, new Rootfs(root, privilege), children);
  }

  /** Starts its entry point and does not wait. */
  ChildProcess start(String name, Map<String, String> settings, List<Path> shared, Path logs)
      throws IOException {
    List<String> command = new ArrayList<>(image.entrypoint());
    command.add(1, "-XX:AOTMode=on");
    Map<String, String> environment = new TreeMap<>(settings);
    for (String variable : image.environment()) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    Confined process = Confined.of(command).with(environment).sharing(shared.toArray(Path[]::new));
    Confined inPod = rootfs.privilege() == Privilege.ROOT ? process.as(POD_USER) : process;
    return children.start(
        new ChildCommand(name, rootfs.command(inPod), Map.of(), logs.resolve(name + ".log")));
  }
}
