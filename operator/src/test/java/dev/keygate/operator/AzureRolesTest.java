package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.operator.throttle.VaultOperation;
import dev.keygate.policy.PolicyParser;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles in deploy/azure permit what the operator calls, and nothing else. */
class AzureRolesTest {

  private static final Path AZURE = Installation.DEPLOY.resolve("azure");
  private static final Set<VaultOperation> DELETION = EnumSet.of(VaultOperation.SOFT_DELETE);
  private static final Set<VaultOperation> OPERATION =
      EnumSet.complementOf(EnumSet.copyOf(DELETION));

  @Test
  void everyCallOfTheClientIsAnOperation() {
    Set<String> calls = new TreeSet<>();
    for (Method method : KeyManagementClient.class.getDeclaredMethods()) {
      calls.add(method.getName());
    }

    assertThat(Arrays.stream(VaultOperation.values()).map(AzureRolesTest::methodName))
        .containsExactlyInAnyOrderElementsOf(calls);
  }

  @Test
  void roleHoldsWhatOperationNeeds() throws IOException {
    assertThat(dataActions("operator-role.json", "DataActions"))
        .containsExactlyInAnyOrderElementsOf(needed(OPERATION, AzureRolesTest::inVault));
  }

  @Test
  void secondRoleHoldsWhatDeletionNeeds() throws IOException {
    assertThat(dataActions("operator-deletion-role.json", "DataActions"))
        .containsExactlyInAnyOrderElementsOf(needed(DELETION, AzureRolesTest::inVault));
  }

  @Test
  void roleOfAManagedHsmHoldsBoth() throws IOException {
    assertThat(dataActions("managed-hsm-operator-role.json", "dataActions"))
        .containsExactlyInAnyOrderElementsOf(
            needed(EnumSet.allOf(VaultOperation.class), AzureRolesTest::inManagedHsm));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operator-role.json",
        "operator-deletion-role.json",
        "managed-hsm-operator-role.json"
      })
  void noRoleOfTheOperatorsMayReleaseUseExportOrPurge(String file) throws IOException {
    JsonNode role = read(file);
    List<String> permitted = new ArrayList<>();
    role.properties().forEach(member -> member.getValue().forEach(v -> permitted.add(v.asText())));

    assertThat(permitted)
        .isNotEmpty()
        .noneMatch(
            action ->
                action.matches(
                    ".*(release|unwrap|wrap|decrypt|encrypt|sign|verify|export|backup|restore|import"
                        + "|purge|deletedKeys/delete|\\*).*"));
    assertThat(role.has("Actions") ? role.path("Actions") : role.path("actions")).isEmpty();
  }

  @Test
  void bicepTakesTheListsOfTheRoles() throws IOException {
    String bicep = Files.readString(AZURE.resolve("operator-roles.bicep"));

    assertThat(bicep)
        .contains("var operation = loadJsonContent('operator-role.json')")
        .contains("var deletion = loadJsonContent('operator-deletion-role.json')")
        .contains("dataActions: operation.DataActions", "dataActions: deletion.DataActions")
        .doesNotContain("Microsoft.KeyVault/vaults/keys/");
    assertThat(count(bicep, "dataActions: ")).isEqualTo(2);
  }

  @Test
  void accessPolicyHoldsTheSameByOtherNames() throws IOException {
    String bicep = Files.readString(AZURE.resolve("operator-access-policy.bicep"));
    Matcher list = Pattern.compile("var operation = \\[([^\\]]*)]").matcher(bicep);
    assertThat(list.find()).isTrue();

    assertThat(list.group(1).replace("'", "").strip().split("\\s+"))
        .containsExactlyInAnyOrderElementsOf(needed(OPERATION, AzureRolesTest::inAccessPolicy));
    assertThat(bicep).contains("concat(operation, ['delete'])").doesNotContain("release");
  }

  @Test
  void labsOperatorHasNoMoreThanTheseAndWorksWithThem() {
    List<String> inTheLab =
        LabDescription.standard().vaults().getFirst().permissions().stream()
            .filter(permission -> permission.principal().equals("operator"))
            .findFirst()
            .orElseThrow()
            .keys();

    assertThat(inTheLab)
        .containsExactlyInAnyOrderElementsOf(
            needed(EnumSet.allOf(VaultOperation.class), AzureRolesTest::inAccessPolicy));
  }

  @Test
  void keyMadeByHandHasAPolicyThatIsOne() throws Exception {
    assertThat(PolicyParser.parse(Files.readString(AZURE.resolve("cvm-release-policy.json"))))
        .isNotNull();
    assertThat(Files.readString(AZURE.resolve("exportable-key.bicep")))
        .contains("loadFileAsBase64('cvm-release-policy.json')", "exportable: true");
    assertThat(Files.readString(AZURE.resolve("release-access-policy.bicep")))
        .containsPattern("keys: \\[\\s+'release'\\s+]");
  }

  @FunctionalInterface
  private interface Permission {
    String of(VaultOperation operation);
  }

  private static Set<String> needed(Set<VaultOperation> operations, Permission permission) {
    Set<String> needed = new TreeSet<>();
    operations.forEach(operation -> needed.add(permission.of(operation)));
    return needed;
  }

  private static String inVault(VaultOperation operation) {
    return "Microsoft.KeyVault/vaults/keys/"
        + switch (operation) {
          case GET, GET_DELETED, VERSIONS -> "read";
          case CREATE -> "create/action";
          case UPDATE, PATCH_POLICY -> "update/action";
          case RECOVER -> "recover/action";
          case SOFT_DELETE -> "delete";
        };
  }

  private static String inManagedHsm(VaultOperation operation) {
    return "Microsoft.KeyVault/managedHsm/keys/"
        + switch (operation) {
          case GET, VERSIONS -> "read/action";
          case GET_DELETED -> "deletedKeys/read/action";
          case CREATE -> "create";
          case UPDATE, PATCH_POLICY -> "write/action";
          case RECOVER -> "deletedKeys/recover/action";
          case SOFT_DELETE -> "delete";
        };
  }

  private static String inAccessPolicy(VaultOperation operation) {
    return switch (operation) {
      case GET, GET_DELETED -> "get";
      case VERSIONS -> "list";
      case CREATE -> "create";
      case UPDATE, PATCH_POLICY -> "update";
      case RECOVER -> "recover";
      case SOFT_DELETE -> "delete";
    };
  }

  private static String methodName(VaultOperation operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.label().split("_", -1)) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  private static List<String> dataActions(String file, String member) throws IOException {
    List<String> actions = new ArrayList<>();
    read(file).path(member).forEach(action -> actions.add(action.asText()));
    return actions;
  }

  private static JsonNode read(String file) throws IOException {
    return new ObjectMapper().readTree(AZURE.resolve(file).toFile());
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
