package dev.keygate.cluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  private final Recipe recipe = Recipe.load(BinarySet.CONTROL_PLANE);
  private final Recipe node = Recipe.load(BinarySet.NODE);

  @Test
  void moduleRequiresTheVersionsThatAreDownloaded(@TempDir Path directory) throws Exception {
    recipe.writeModules(directory);

    assertThat(directory.resolve("go.mod"))
        .content()
        .contains("k8s.io/kubernetes " + recipe.kubernetesVersion() + "\n")
        .contains("go.etcd.io/etcd/server/v3 " + recipe.etcdVersion() + "\n")
        .contains("\ngo " + recipe.goMinimum());
    assertThat(directory.resolve("tools.go")).exists();
    assertThat(directory.resolve("go.sum")).exists();
  }

  @Test
  void executablesTellTheVersionThatIsWanted() {
    assertThat(recipe.linkerFlags(ClusterBinary.KUBECTL))
        .contains("version.gitVersion=" + recipe.kubernetesVersion() + " ");
  }

  @Test
  void keyIsAFolderName() {
    assertThat(recipe.key())
        .matches("[0-9a-f]{16}")
        .isEqualTo(Recipe.load(BinarySet.CONTROL_PLANE).key());
  }

  @Test
  void setsAreKeptApartAndAgreeOnKubernetes() {
    assertThat(node.key()).isNotEqualTo(recipe.key());
    assertThat(node.kubernetesVersion()).isEqualTo(recipe.kubernetesVersion());
    assertThat(node.linkerFlags(ClusterBinary.KUBELET))
        .isEqualTo(recipe.linkerFlags(ClusterBinary.KUBECTL));
    assertThat(node.goMinimum()).isEqualTo(recipe.goMinimum());
  }

  @Test
  void everyModuleOfANodeIsWrittenWithTheVersionItsExecutablesTell(@TempDir Path directory)
      throws Exception {
    node.writeModules(directory);

    for (ClusterBinary binary : ClusterBinary.of(BinarySet.NODE)) {
      assertThat(directory.resolve(GoTarget.of(binary).module()).resolve("go.mod")).exists();
      assertThat(directory.resolve(GoTarget.of(binary).module()).resolve("go.sum")).exists();
    }
    assertThat(directory.resolve("containerd/go.mod"))
        .content()
        .contains("containerd/v2 v" + told(ClusterBinary.CONTAINERD) + "\n");
    assertThat(directory.resolve("runc/go.mod"))
        .content()
        .contains("opencontainers/runc v" + told(ClusterBinary.RUNC) + "\n");
    assertThat(directory.resolve("cni/go.mod"))
        .content()
        .contains("plugins " + told(ClusterBinary.CNI_BRIDGE) + "\n");
  }

  @Test
  void runcAloneIsPartlyCAndFiltersSystemCalls() {
    assertThat(ClusterBinary.values())
        .filteredOn(binary -> binary.set() == BinarySet.NODE && node.needsCompiler(binary))
        .containsExactly(ClusterBinary.RUNC);
    assertThat(recipe.needsCompiler()).isFalse();
    assertThat(node.goFlags(ClusterBinary.RUNC)).contains("-tags=seccomp,");
    assertThat(node.goFlags(ClusterBinary.PAUSE)).doesNotContain("-tags");
  }

  private String told(ClusterBinary binary) {
    String flags = node.linkerFlags(binary);
    return flags.substring(flags.lastIndexOf('=') + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "go version go1.26.0 linux/amd64, true",
    "go version go1.26 linux/amd64, true",
    "go version go1.27rc1 linux/amd64, false",
    "go version go2.0.1 linux/amd64, true",
    "go version go1.25.9 linux/amd64, false",
    "go version go0.99.9 linux/amd64, false",
    "go version devel go1.28, false",
    "something else, false",
    "'', false"
  })
  void oldOrUnknownGoIsNotEnough(String answer, boolean isEnough) {
    assertThat(GoToolchain.isAtLeast("1.26", answer)).isEqualTo(isEnough);
  }

  @Test
  void foldersAreDeletedWithoutFollowingLinks(@TempDir Path directory) throws Exception {
    Path outside = Files.writeString(directory.resolve("outside"), "kept");
    Path tree = Files.createDirectories(directory.resolve("tree/deep"));
    Files.createSymbolicLink(tree.resolve("link"), outside);

    FileTree.delete(directory.resolve("tree"));

    assertThat(directory.resolve("tree")).doesNotExist();
    assertThat(outside).exists();
  }
}
