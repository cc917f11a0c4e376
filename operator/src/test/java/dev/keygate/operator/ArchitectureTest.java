package dev.keygate.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.keygate.house.HouseRules;

@AnalyzeClasses(packages = "dev.keygate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests houseRules = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule desiredObjectsArePure = HouseRules.pure("dev.keygate.operator.desired..");

  @ArchTest
  static final ArchRule injectionIsDecidedPurely =
      HouseRules.pure("dev.keygate.operator.injection", "dev.keygate.operator.injection.pod");

  /** Settings, CDI, health and metrics stay where they are put together. */
  @ArchTest
  static final ArchRule frameworkStaysAtTheEdge =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.operator..")
          .and()
          .resideOutsideOfPackages(
              "dev.keygate.operator", "dev.keygate.operator.config", "dev.keygate.operator.health")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "jakarta..", "org.eclipse.microprofile..", "io.smallrye..");

  /** What decides sees what was observed and nothing else. */
  @ArchTest
  static final ArchRule decisionsArePure =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Decider")
          .or()
          .haveSimpleNameEndingWith("Decision")
          .or()
          .haveSimpleNameEndingWith("Observation")
          .or()
          .haveSimpleNameEndingWith("StatusWriter")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8.kubernetes.client..",
              "io.javaoperatorsdk..",
              "dev.keygate.azure.http..",
              "dev.keygate.azure.identity..",
              "dev.keygate.time..",
              "org.slf4j..");

  /**
   * The control plane cannot obtain keys: it has no class of the sidecar, and none that asks for a
   * release, opens an envelope, unwraps a key, or holds one.
   */
  @ArchTest
  static final ArchRule operatorCannotReleaseKeys =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.operator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.keygate.sidecar..",
              "dev.keygate.emulator..",
              "dev.keygate.azure.attestation..",
              "dev.keygate.evidence..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(".*(KeyRelease|ReleaseEnvelope|Unwrap|SecretBytes|ReleasedKey).*");

  /** Nor does anything it depends on name the route of a release. */
  @ArchTest
  static final ArchRule keyManagementHasNoRelease =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.keygate.azure.keyvault..")
          .should()
          .haveNameMatching("(?i)(release|unwrap|decrypt|export)(key)?")
          .andShould()
          .bePublic();
}
