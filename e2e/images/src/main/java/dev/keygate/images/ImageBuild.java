package dev.keygate.images;

import dev.keygate.cluster.binaries.Progress;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.archive.ImageArchive;
import dev.keygate.images.archive.ImageWriter;
import dev.keygate.images.archive.LayoutOnDisk;
import dev.keygate.images.content.FileTree;
import dev.keygate.images.content.ImageEntry;
import dev.keygate.images.content.ImageLayer;
import dev.keygate.images.content.ImagePlan;
import dev.keygate.images.content.LinkedRuntime;
import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.ImageLayout;
import dev.keygate.images.recipe.Product;
import dev.keygate.images.rootfs.Privilege;
import dev.keygate.images.rootfs.Rootfs;
import dev.keygate.images.training.Trainer;
import dev.keygate.images.training.TrainingGround;
import dev.keygate.images.training.Workload;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One run: gathers what goes in; for images that are not there yet writes them without a cache,
 * lays them out, trains in that, and writes them again with the cache on top.
 */
final class ImageBuild {

  private final ImageOptions options;
  private final ChildProcesses children;
  private final Progress progress;
  private final ImageStore store;
  private final Path work;
  private final ImageWriter writer;

  ImageBuild(ImageOptions options, ChildProcesses children, Progress progress) {
    this.options = options;
    this.children = children;
    this.progress = progress;
    this.store = new ImageStore(options.output());
    this.work = options.output().resolve("work");
    this.writer = new ImageWriter(work.resolve("layers"));
  }

  ProductImages run() throws IOException, InterruptedException {
    Files.createDirectories(work);
    try (FileChannel channel =
            FileChannel.open(
                work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("the lock on " + work + " was lost");
      }
      Aot aot = allowed();
      LinkedRuntime runtime = LinkedRuntime.obtain(work, children);
      Map<Product, ImagePlan> plans =
          plans(new ImagePlan.Ground(options.checkout(), work, runtime));
      makeMissing(plans, aot);
      for (ImagePlan plan : plans.values()) {
        push(plan, aot);
      }
      return ProductImages.find(options.output())
          .orElseThrow(() -> new IOException("the images in " + options.output() + " are gone"));
    }
  }

  private Aot allowed() throws InterruptedException {
    if (options.aot() == Aot.TRAINED && Privilege.find(children).isEmpty()) {
      progress.line(
          "WARNING: no AOT caches: training enters the image's file system, for which this machine"
              + " grants neither root nor a user namespace; the images will start more slowly"
              + " (--no-aot leaves this out without the warning)");
      return Aot.NONE;
    }
    return options.aot();
  }

  private Map<Product, ImagePlan> plans(ImagePlan.Ground ground)
      throws IOException, InterruptedException {
    Map<Product, ImagePlan> plans = new EnumMap<>(Product.class);
    for (Product product : Product.values()) {
      plans.put(product, ImagePlan.of(product, options.base(), ground, children));
    }
    return plans;
  }

  private void makeMissing(Map<Product, ImagePlan> plans, Aot aot)
      throws IOException, InterruptedException {
    List<ImagePlan> missing = new ArrayList<>();
    for (ImagePlan plan : plans.values()) {
      if (store.find(plan.product(), plan.key(aot)).isEmpty()) {
        missing.add(plan);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    switch (aot) {
      case NONE -> {
        for (ImagePlan plan : missing) {
          finish(plan, List.of());
        }
      }
      case TRAINED -> {
        FileTree.delete(logs());
        try (TrainingGround ground = TrainingGround.open(options.checkout(), children)) {
          for (ImagePlan plan : missing) {
            train(plan, ground);
            finish(plan, last(plan, aot));
          }
        }
      }
    }
  }

  /** The image without a cache is laid out as a runtime would, whatever base it is on. */
  private void train(ImagePlan plan, TrainingGround ground)
      throws IOException, InterruptedException {
    Product product = plan.product();
    progress.line("training the " + product.imageName() + "'s AOT cache");
    Path untrained = work(product).resolve("untrained.tar");
    Path root = work(product).resolve("root");
    FileTree.delete(root);
    writer.write(plan, List.of(), untrained);
    LayoutOnDisk.of(ImageArchive.read(untrained), Files.createDirectories(root));
    Workload workload = ground.workload(product, options.kubernetes(), progress);
    Rootfs rootfs = new Rootfs(root, Privilege.find(children).orElseThrow());
    Path cache = new Trainer(children, logs()).train(product, rootfs, workload);
    Files.move(cache, cache(product), StandardCopyOption.REPLACE_EXISTING);
    FileTree.delete(root);
    Files.delete(untrained);
  }

  private void finish(ImagePlan plan, List<ImageLayer> last)
      throws IOException, InterruptedException {
    Product product = plan.product();
    Path finished = work(product).resolve("finished.tar");
    writer.write(plan, last, finished);
    Aot aot = last.isEmpty() ? Aot.NONE : Aot.TRAINED;
    store.keep(new ProductImage(product, plan.reference(), finished, aot), plan.key(aot));
    progress.line("made " + plan.reference() + " in " + store.archive(product));
  }

  private void push(ImagePlan plan, Aot aot) throws IOException, InterruptedException {
    if (options.registry().isEmpty()) {
      return;
    }
    String name = plan.product().imageName() + ":" + plan.version();
    String pushed = writer.push(plan, last(plan, aot), options.registry().get() + "/" + name);
    progress.line("pushed " + pushed);
  }

  private List<ImageLayer> last(ImagePlan plan, Aot aot) throws IOException {
    return switch (aot) {
      case NONE -> List.of();
      case TRAINED ->
          List.of(
              new ImageLayer(
                  "aot-cache",
                  List.of(
                      new ImageEntry(
                          ImageLayout.AOT_CACHE,
                          cache(plan.product()).toRealPath(),
                          ImageEntry.Mode.FILE))));
    };
  }

  private Path logs() {
    return work.resolve("logs");
  }

  private Path cache(Product product) {
    return work(product).resolve("app.aot");
  }

  private Path work(Product product) {
    return work.resolve(product.imageName());
  }
}
