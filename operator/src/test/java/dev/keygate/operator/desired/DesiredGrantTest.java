package dev.keygate.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.contract.GrantFormatException;
import dev.keygate.contract.GrantJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folder's name is the case's; {@code in-*} gives {@code out-*}. */
class DesiredGrantTest {

  private static final Path CASES = Path.of("src", "test", "resources", "desired");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.sorted().toList();
    }
  }

  static Stream<Named<UnaryOperator<ConfigMap>>> edits() {
    return Stream.of(
        Named.of(
            "other data", map -> new ConfigMapBuilder(map).addToData("grant.json", "{}").build()),
        Named.of("no data", map -> new ConfigMapBuilder(map).withData(null).build()),
        Named.of(
            "no label",
            map -> new ConfigMapBuilder(map).editMetadata().withLabels(null).endMetadata().build()),
        Named.of(
            "no owner",
            map ->
                new ConfigMapBuilder(map)
                    .editMetadata()
                    .withOwnerReferences(List.of())
                    .endMetadata()
                    .build()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void buildsTheConfigMapOfTheCase(Path folder) throws IOException, GrantFormatException {
    ConfigMap expected =
        Serialization.unmarshal(
            Files.readString(folder.resolve("out-configmap.yaml")), ConfigMap.class);

    assertThat(build(folder)).isEqualTo(expected);
  }

  @Test
  void isInWhatTheApiServerMadeOfIt() throws IOException, GrantFormatException {
    ConfigMap desired = build(cases().getFirst());
    ConfigMap stored =
        new ConfigMapBuilder(desired)
            .editMetadata()
            .withResourceVersion("7")
            .withUid("u")
            .addToLabels("theirs", "kept")
            .endMetadata()
            .build();

    assertThat(DesiredGrant.isIn(stored, desired)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void isNotInWhatSomebodyEdited(UnaryOperator<ConfigMap> edit)
      throws IOException, GrantFormatException {
    ConfigMap desired = build(cases().getFirst());

    assertThat(DesiredGrant.isIn(edit.apply(desired), desired)).isFalse();
  }

  private static ConfigMap build(Path folder) throws IOException, GrantFormatException {
    ExportableKey key =
        Serialization.unmarshal(
            Files.readString(folder.resolve("in-exportablekey.yaml")), ExportableKey.class);
    return DesiredGrant.of(key, GrantJson.parse(Files.readString(folder.resolve("in-grant.json"))));
  }
}
