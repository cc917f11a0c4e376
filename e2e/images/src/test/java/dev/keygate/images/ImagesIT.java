package dev.keygate.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.archive.ImageArchive;
import dev.keygate.images.recipe.ImageLayout;
import dev.keygate.images.recipe.Product;
import dev.keygate.images.testing.BuiltImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in the images, read from the archives. */
class ImagesIT {

  private static final ChildProcesses CHILDREN = ChildProcesses.open(new SystemTime());
  private static ProductImages images;

  @BeforeAll
  static void build() throws Exception {
    images = BuiltImages.of(CHILDREN);
  }

  @AfterAll
  static void end() {
    CHILDREN.close();
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void layersGoFromWhatChangesLeastToTheCacheAlone(Product product) throws Exception {
    ImageArchive image = archive(product);

    assertThat(image.layers()).hasSize(5);
    assertThat(files(image, 0)).contains("etc/passwd").noneMatch(name -> name.startsWith("app/"));
    assertThat(files(image, 1)).contains("opt/java/bin/java").allMatch(inFolder("opt/java/"));
    assertThat(files(image, 2))
        .allMatch(inFolder("app/lib/"))
        .noneMatch(name -> name.contains("/dev.keygate."));
    assertThat(files(image, 3))
        .contains("app/quarkus-run.jar", "app/sbom.cdx.json")
        .allMatch(inFolder("app/"));
    assertThat(files(image, 4)).containsExactly("app/app.aot");
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void nothingButTheJvmCanBeRun(Product product) throws Exception {
    List<String> programs = new ArrayList<>();
    archive(product)
        .forEachFile(
            (entry, _) -> {
              if (!entry.isDirectory() && (entry.getMode() & 0111) != 0) {
                programs.add(entry.getName());
              }
            });

    assertThat(programs)
        .contains("opt/java/bin/java")
        .allMatch(name -> name.equals("opt/java/bin/java") || name.matches(".*\\.so(\\.[0-9]+)*"));
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void everybodyMayReadEverythingAndWriteNothing(Product product) throws Exception {
    archive(product)
        .forEachFile(
            (entry, _) -> {
              assertThat(entry.getMode() & 07777)
                  .as(entry.getName())
                  .isIn(entry.isDirectory() ? List.of(0755) : List.of(0644, 0755));
              assertThat(entry.isFile() || entry.isDirectory()).as(entry.getName()).isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void ownersAndTimesAreTheSameForAll(Product product) throws Exception {
    archive(product)
        .forEachFile(
            (entry, _) -> {
              assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
              assertThat(entry.getLongGroupId()).as(entry.getName()).isZero();
              assertThat(entry.getLastModifiedTime().toInstant())
                  .as(entry.getName())
                  .isEqualTo(Instant.EPOCH.plusSeconds(1));
            });
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void saysWhatItIs(Product product) throws Exception {
    ImageArchive image = archive(product);

    assertThat(images.of(product).reference())
        .isEqualTo(image.reference())
        .startsWith("keygate.dev/" + product.imageName() + ":");
    assertThat(image.labels())
        .containsEntry("dev.keygate.sbom", ImageLayout.SBOM)
        .containsEntry("dev.keygate.aot-cache", ImageLayout.AOT_CACHE)
        .containsEntry("org.opencontainers.image.base.name", "host-libc")
        .containsEntry("org.opencontainers.image.version", image.reference().split(":", -1)[1]);
    assertThat(image.configuration().path("config").path("User").asText()).isEqualTo("65532:65532");
    assertThat(image.configuration().path("created").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(image.entrypoint())
        .startsWith("/opt/java/bin/java")
        .contains("-XX:AOTCache=/app/app.aot")
        .endsWith("-jar", "/app/quarkus-run.jar");
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void theListOfPartsNamesEveryJar(Product product) throws Exception {
    Set<String> jars = new TreeSet<>();
    for (String name : files(archive(product))) {
      if (name.startsWith("app/lib/")) {
        jars.add(name.substring(name.lastIndexOf('/') + 1));
      }
    }

    JsonNode list = partsOf(product);

    assertThat(list.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(list.path("specVersion").asText()).isEqualTo("1.6");
    assertThat(jars).isNotEmpty().isSubsetOf(jarNames(list));
    assertThat(names(list)).contains("nimbus-jose-jwt", "java-runtime");
  }

  @Test
  void theSidecarCarriesNoKubernetesClient() throws Exception {
    assertThat(files(archive(Product.SIDECAR)))
        .noneMatch(name -> name.contains("fabric8") || name.contains("kubernetes"));
    assertThat(names(partsOf(Product.SIDECAR))).noneMatch(name -> name.contains("kubernetes"));
    assertThat(names(partsOf(Product.OPERATOR))).contains("kubernetes-client");
  }

  @Test
  void theOperatorCarriesNothingOfTheSidecar() throws Exception {
    assertThat(files(archive(Product.OPERATOR))).noneMatch(name -> name.contains("sidecar"));
  }

  @Test
  void noImageCarriesTheLab() throws Exception {
    for (Product product : Product.values()) {
      assertThat(files(archive(product)))
          .noneMatch(name -> name.contains("emulator") || name.contains("tests"));
    }
  }

  @Test
  void theSecondBuildHasTheSameBytesButForTheCache(@TempDir Path folder) throws Exception {
    ImageOptions untrained = BuiltImages.options().untrained();
    ProductImages first = build(untrained.into(folder.resolve("first")));
    ProductImages second = build(untrained.into(folder.resolve("second")));

    for (Product product : Product.values()) {
      assertThat(first.of(product).archive()).hasSameBinaryContentAs(second.of(product).archive());
      List<String> trained = archive(product).layerDigests();
      assertThat(trained.subList(0, trained.size() - 1))
          .isEqualTo(ImageArchive.read(first.of(product).archive()).layerDigests());
    }
  }

  @Test
  void anImageOfTheSameInputsIsNotBuiltAgain() throws Exception {
    Object before = Files.getLastModifiedTime(images.sidecar().archive());

    assertThat(build(BuiltImages.options())).isEqualTo(images);
    assertThat(Files.getLastModifiedTime(images.sidecar().archive())).isEqualTo(before);
    assertThat(ProductImages.find(BuiltImages.options().output())).contains(images);
  }

  private static ProductImages build(ImageOptions options) throws Exception {
    return ProductImages.build(options, CHILDREN, _ -> {});
  }

  private static ImageArchive archive(Product product) throws IOException {
    return ImageArchive.read(images.of(product).archive());
  }

  private static Predicate<String> inFolder(String folder) {
    return name -> name.startsWith(folder);
  }

  private static List<String> files(ImageArchive image, int layer) throws IOException {
    List<String> names = new ArrayList<>();
    image.forEachFile(image.layers().get(layer), (entry, _) -> add(names, entry));
    return names;
  }

  private static List<String> files(ImageArchive image) throws IOException {
    List<String> names = new ArrayList<>();
    image.forEachFile((entry, _) -> add(names, entry));
    return names;
  }

  private static void add(List<String> names, TarArchiveEntry entry) {
    if (!entry.isDirectory()) {
      names.add(entry.getName());
    }
  }

  private static JsonNode partsOf(Product product) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    archive(product)
        .forEachFile(
            (entry, in) -> {
              if (entry.getName().equals(ImageLayout.SBOM.substring(1))) {
                found.add(new JsonMapper().readTree(in.readAllBytes()));
              }
            });
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Set<String> names(JsonNode list) {
    return list.path("components")
        .valueStream()
        .map(part -> part.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static Set<String> jarNames(JsonNode list) {
    return list.path("components")
        .valueStream()
        .map(
            part ->
                part.path("group").asText()
                    + "."
                    + part.path("name").asText()
                    + "-"
                    + part.path("version").asText()
                    + ".jar")
        .collect(Collectors.toSet());
  }
}
