package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The projects' official executables of the control plane, each compared with the digest that is
 * published for it.
 */
final class ReleaseDownload implements BinarySource {

  private static final Duration UNPACK_WITHIN = Duration.ofMinutes(2);

  private final ReleaseSites sites;
  private final Recipe recipe;
  private final ChildProcesses children;
  private final Progress progress;

  ReleaseDownload(ReleaseSites sites, Recipe recipe, ChildProcesses children, Progress progress) {
    this.sites = sites;
    this.recipe = recipe;
    this.children = children;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "download of the official release";
  }

  @Override
  public void fill(Path directory) throws IOException, InterruptedException {
    String platform = platform();
    try (Download download = new Download()) {
      for (ClusterBinary binary : ClusterBinary.of(BinarySet.CONTROL_PLANE)) {
        Path target = directory.resolve(binary.fileName());
        if (binary == ClusterBinary.ETCD) {
          fetchEtcd(download, platform, target);
        } else {
          fetchKubernetes(download, platform, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private void fetchKubernetes(Download download, String platform, Path target)
      throws IOException, InterruptedException {
    URI address =
        URI.create(
            sites.kubernetes()
                + "/"
                + recipe.kubernetesVersion()
                + "/bin/"
                + platform.replace('-', '/')
                + "/"
                + target.getFileName());
    String published = download.text(URI.create(address + ".sha256")).strip();
    fetchVerified(download, address, target, published);
  }

  private void fetchEtcd(Download download, String platform, Path target)
      throws IOException, InterruptedException {
    String folder = "etcd-" + recipe.etcdVersion() + "-" + platform;
    String archiveName = folder + ".tar.gz";
    String site = sites.etcd() + "/" + recipe.etcdVersion() + "/";
    String sums = download.text(URI.create(site + "SHA256SUMS"));
    Path archive = target.resolveSibling(archiveName);
    fetchVerified(download, URI.create(site + archiveName), archive, lineFor(archiveName, sums));
    CommandResult unpacked =
        children.run(
            List.of(
                "tar",
                "--extract",
                "--gzip",
                "--no-same-owner",
                "--strip-components=1",
                "--file=" + archive,
                "--directory=" + target.getParent(),
                folder + "/etcd"),
            Map.of(),
            "",
            UNPACK_WITHIN);
    Files.delete(archive);
    if (!unpacked.isSuccess()) {
      throw new IOException("tar cannot unpack " + archiveName + ": " + unpacked.firstLine());
    }
  }

  private void fetchVerified(Download download, URI address, Path target, String published)
      throws IOException, InterruptedException {
    progress.line("downloading " + address);
    download.file(address, target);
    byte[] expected = parse(published, address);
    byte[] found = Sha256.of(target);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new IOException(
          address
              + " has SHA-256 "
              + HexFormat.of().formatHex(found)
              + ", published is "
              + HexFormat.of().formatHex(expected));
    }
  }

  private static byte[] parse(String hexDigits, URI address) throws IOException {
    if (!hexDigits.matches("[0-9a-fA-F]{64}")) {
      throw new IOException("no SHA-256 is published for " + address);
    }
    return HexFormat.of().parseHex(hexDigits);
  }

  private static String lineFor(String file, String sums) {
    return sums.lines()
        .map(line -> line.strip().split("\\s+\\*?", 2))
        .filter(parts -> parts.length == 2 && parts[1].equals(file))
        .map(parts -> parts[0])
        .findFirst()
        .orElse("");
  }

  private static String platform() throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    String architecture =
        switch (machine) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> throw new IOException("there is no release for the processor " + machine);
        };
    if (!system.equals("linux")) {
      throw new IOException("there is no release of a control plane for " + system);
    }
    return "linux-" + architecture;
  }
}
