package dev.keygate.operator;

import static dev.keygate.operator.KeyObjects.apply;
import static dev.keygate.operator.KeyObjects.awaitReady;
import static dev.keygate.operator.KeyObjects.grant;
import static dev.keygate.operator.KeyObjects.key;
import static dev.keygate.operator.KeyObjects.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyRotationIT {

  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = Installation.shared();
  }

  @Test
  void earlierVersionIsGrantedUntilTheOverlapEnds() throws Exception {
    create("turning", "rotation: {overlapSeconds: 8}");
    KeyVersion first = current("turning");

    KeyVersion second = rotate("turning");

    soon()
        .untilAsserted(
            () ->
                assertThat(granted("turning"))
                    .containsExactly(
                        new GrantedVersion(second, VersionState.Current),
                        new GrantedVersion(first, VersionState.Overlap)));
    soon()
        .untilAsserted(
            () ->
                assertThat(granted("turning"))
                    .containsExactly(new GrantedVersion(second, VersionState.Current)));
    soon()
        .untilAsserted(
            () ->
                assertThat(key("default", "turning").getStatus().versions())
                    .extracting(KeyVersionStatus::version, KeyVersionStatus::state)
                    .containsExactly(
                        tuple(second.value(), KeyVersionState.Current),
                        tuple(first.value(), KeyVersionState.Retired)));
    assertThat(events("turning")).hasSize(1);
  }

  @Test
  void allVersionsOfAnOverlapAreGrantedButThoseThatAreDisabled() throws Exception {
    create("spinning", "");
    KeyVersion first = current("spinning");

    KeyVersion second = rotate("spinning");
    KeyVersion third = rotate("spinning");

    soon()
        .untilAsserted(
            () ->
                assertThat(granted("spinning"))
                    .containsExactlyInAnyOrder(
                        new GrantedVersion(third, VersionState.Current),
                        new GrantedVersion(second, VersionState.Overlap),
                        new GrantedVersion(first, VersionState.Overlap)));

    installation
        .vault()
        .disable(KeyIdentifier.parse("https://contoso.vault.azure.net/keys/spinning").at(second));

    soon()
        .untilAsserted(
            () ->
                assertThat(granted("spinning"))
                    .containsExactly(
                        new GrantedVersion(third, VersionState.Current),
                        new GrantedVersion(first, VersionState.Overlap)));
  }

  @Test
  void versionAddedByHandWithoutTagsIsTakenForWhatItIs() throws Exception {
    create("added", "");
    KeyVersion first = current("added");

    installation.vault().addVersion("added");

    soon()
        .untilAsserted(
            () ->
                assertThat(granted("added"))
                    .hasSize(2)
                    .contains(new GrantedVersion(first, VersionState.Overlap)));
    assertThat(installation.vault().key("added").properties().tags())
        .containsKey("keygate-owner-uid");
    awaitReady("default", "added");
  }

  @Test
  void rotationWhileTheOperatorIsAwayIsNoticedAfterItsRestart() throws Exception {
    create("away", "");
    KeyVersion first = current("away");

    installation.killOperator();
    KeyVersion second = rotate("away");
    installation.restartOperator();

    soon()
        .untilAsserted(
            () ->
                assertThat(granted("away"))
                    .containsExactly(
                        new GrantedVersion(second, VersionState.Current),
                        new GrantedVersion(first, VersionState.Overlap)));
  }

  private static void create(String name, String more) throws Exception {
    apply(Manifests.policy(name, "v1"), Manifests.key(name, name, more));
    awaitReady("default", name);
    soon().until(() -> grant("default", name).isPresent());
  }

  private static KeyVersion rotate(String name) throws Exception {
    return KeyIdentifier.parse(installation.lab().rotate("contoso", name)).version().orElseThrow();
  }

  private static KeyVersion current(String name) {
    return new KeyVersion(String.valueOf(key("default", name).getStatus().currentVersion()));
  }

  private static List<GrantedVersion> granted(String name) throws Exception {
    String json = grant("default", name).orElseThrow().getData().get("grant.json");
    Grant grant = GrantJson.parse(String.valueOf(json));
    return grant.versions();
  }

  private static List<Event> events(String name) {
    return installation
        .admin()
        .events()
        .v1()
        .events()
        .inNamespace("default")
        .list()
        .getItems()
        .stream()
        .filter(event -> name.equals(event.getRegarding().getName()))
        .filter(event -> "Rotated".equals(event.getReason()))
        .toList();
  }
}
