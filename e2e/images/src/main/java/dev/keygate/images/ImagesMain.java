package dev.keygate.images;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.content.Checkout;
import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.BaseImage;
import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./keygate images}. */
@Command(
    name = "keygate images",
    description = "Builds the container images of operator and sidecar, without an engine.",
    mixinStandardHelpOptions = true)
public final class ImagesMain implements Callable<Integer> {

  @Option(
      names = "--base",
      paramLabel = "BASE",
      description = {
        "What the layers lie on: an image's reference, FILE.tar (an archive of one), scratch+FOLDER,",
        "or host-libc (this machine's C library). Default: a distroless image from its registry."
      })
  private @Nullable String base;

  @Option(
      names = "--to",
      paramLabel = "REGISTRY",
      description =
          "Push to this registry and folder as well, with the credentials of Docker's configuration.")
  private @Nullable String registry;

  @Option(names = "--no-aot", description = "Train no AOT caches; the images start more slowly.")
  private boolean untrained;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the archives go; default: target/images.")
  private @Nullable Path output;

  @Option(
      names = "--k8s-bin",
      paramLabel = "DIR",
      description = "A folder with kube-apiserver, kube-controller-manager, etcd and kubectl.")
  private @Nullable Path kubernetes;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Ends the process with the exit code: 0 if both images are there, 1 if not, 2 for wrong usage.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ImagesMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ChildProcesses children = ChildProcesses.open(new SystemTime())) {
      ProductImages images =
          ProductImages.build(
              options(),
              children,
              line -> {
                out.println(line);
                out.flush();
              });
      for (Product product : Product.values()) {
        ProductImage image = images.of(product);
        out.printf(
            Locale.ROOT,
            "%-40s %s (%d MB)%n",
            image.reference(),
            image.archive(),
            Files.size(image.archive()) >> 20);
      }
      out.flush();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("keygate images: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private ImageOptions options() throws IOException {
    Checkout checkout = Checkout.find();
    BinaryOptions binaries = BinaryOptions.from(System.getenv());
    return new ImageOptions(
        checkout,
        output == null ? checkout.images() : output,
        base == null ? BaseImage.Reference.DISTROLESS : named(base),
        untrained ? Aot.NONE : Aot.TRAINED,
        kubernetes == null ? binaries : binaries.withFolder(kubernetes),
        Optional.ofNullable(registry));
  }

  private BaseImage named(String text) {
    try {
      return BaseImage.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
