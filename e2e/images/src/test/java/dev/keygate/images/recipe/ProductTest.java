package dev.keygate.images.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductTest {

  @ParameterizedTest
  @EnumSource(Product.class)
  void nobodyLooksIntoTheProcess(Product product) {
    assertThat(product.flags())
        .contains("-XX:+DisableAttachMechanism", "-XX:-CreateCoredumpOnCrash")
        .noneMatch(flag -> flag.contains("HeapDump"));
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void nothingIsWrittenToTheRoot(Product product) {
    assertThat(product.flags())
        .contains("-XX:-UsePerfData", "-XX:+ErrorFileToStderr", "-Djava.io.tmpdir=/");
  }

  /** A node that refuses the cache its address starts the process without it, and does start it. */
  @ParameterizedTest
  @EnumSource(Product.class)
  void theCacheIsUsedWhereItFits(Product product) {
    assertThat(product.entrypoint(Aot.TRAINED))
        .contains("-XX:AOTCache=/app/app.aot")
        .noneMatch(flag -> flag.startsWith("-XX:AOTMode"))
        .endsWith("-jar", "/app/quarkus-run.jar");
    assertThat(product.entrypoint(Aot.NONE)).noneMatch(flag -> flag.contains("AOTCache"));
  }

  /** A JVM refuses a cache that was made with other flags. */
  @ParameterizedTest
  @EnumSource(Product.class)
  void trainingAndProductionShareTheFlags(Product product) {
    assertThat(product.command(List.of("-XX:AOTMode=record"))).containsAll(product.flags());
    assertThat(product.entrypoint(Aot.TRAINED)).containsAll(product.flags());
  }
}
