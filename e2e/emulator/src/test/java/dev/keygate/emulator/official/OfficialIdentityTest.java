package dev.keygate.emulator.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.jose.CompactJws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** azure-identity's workload and managed identities, against Entra and IMDS. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class OfficialIdentityTest {

  private static final String VAULT_SCOPE = "https://vault.azure.net/.default";

  @TempDir private static Path folder;
  private static OfficialLab official;

  @BeforeAll
  static void start() throws Exception {
    official = OfficialLab.start(folder);
  }

  @AfterAll
  static void end() {
    official.close();
  }

  @Test
  @Tag("azure-40")
  void getsTokenForAWorkloadsAssertion() throws Exception {
    String token = workloadToken(VAULT_SCOPE, claims -> {});

    assertThat(claim(token, "aud")).isEqualTo("https://vault.azure.net");
    assertThat(claim(token, "oid"))
        .isEqualTo(official.lab.principal(OfficialLab.OPERATOR).objectId().toString());
  }

  @Test
  @Tag("azure-40")
  void isRefusedAnAssertionForAnotherSubject() {
    assertNoToken(
        "AADSTS70021", VAULT_SCOPE, claims -> claims.put("sub", "system:serviceaccount:other:one"));
  }

  @Test
  @Tag("azure-40")
  void isRefusedAnAssertionThatIsOver() {
    assertNoToken("AADSTS700024", VAULT_SCOPE, claims -> claims.put("nbf", 1).put("exp", 2));
  }

  @Test
  @Tag("azure-40")
  void isRefusedAResourceThatThereIsNot() {
    assertNoToken("AADSTS500011", "https://nothing.example/.default", claims -> {});
  }

  @Test
  @Tag("azure-39")
  void getsTokensOfAMachinesIdentities() throws Exception {
    Lab lab = official.lab;
    String workload = lab.principal("workload").clientId().toString();
    String stranger = lab.principal(OfficialLab.OPERATOR).clientId().toString();

    List<String> answers =
        managed(
            "system",
            "client:" + workload,
            "object:" + lab.principal("workload").objectId(),
            "resource:" + ServicePrincipal.resourceIdOf("workload"),
            "client:" + stranger,
            "object:" + lab.principal(OfficialLab.OPERATOR).objectId(),
            "resource:" + ServicePrincipal.resourceIdOf(OfficialLab.OPERATOR));

    assertThat(answers).hasSize(7);
    assertThat(claim(answers.get(0), "oid"))
        .isEqualTo(lab.principal("cvm-1").objectId().toString());
    assertThat(claim(answers.get(1), "oid"))
        .isEqualTo(claim(answers.get(2), "oid"))
        .isEqualTo(claim(answers.get(3), "oid"))
        .isEqualTo(lab.principal("workload").objectId().toString());
    assertThat(answers.subList(4, 7))
        .allSatisfy(answer -> assertThat(answer).startsWith(ManagedIdentityMain.REFUSED));
  }

  private static String workloadToken(String scope, Consumer<ObjectNode> change) throws Exception {
    return official
        .operator(change)
        .getTokenSync(new TokenRequestContext().addScopes(scope))
        .getToken();
  }

  private static void assertNoToken(String code, String scope, Consumer<ObjectNode> change) {
    Throwable refused = catchThrowable(() -> workloadToken(scope, change));

    assertThat(Stream.iterate(refused, Objects::nonNull, Throwable::getCause))
        .filteredOn(MsalServiceException.class::isInstance)
        .singleElement(THROWABLE)
        .hasMessageStartingWith(code + ":");
  }

  private static List<String> managed(String... identities) throws Exception {
    Path answers = folder.resolve("answers");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", "/usr"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path", ""));
    command.addAll(List.of(ManagedIdentityMain.class.getName(), answers.toString()));
    command.addAll(List.of(identities));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("AZURE_POD_IDENTITY_AUTHORITY_HOST", official.lab.machine("cvm-1").imdsUrl());
    Path log = folder.resolve("managed.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      return Files.readAllLines(answers);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String claim(String token, String name) throws Exception {
    return CompactJws.parse(token).unverifiedClaims().path(name).asText();
  }
}
