package dev.keygate.sidecar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.keygate.house.HouseRules;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.keygate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests houseRules = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule decidingPackagesArePure =
      HouseRules.pure(
          "dev.keygate.sidecar.unwrap..",
          "dev.keygate.sidecar.secret..",
          "dev.keygate.sidecar.nonce..");

  @ArchTest
  static final ArchRule theFrameworkStaysAtTheEdge =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.sidecar..")
          .and()
          .resideOutsideOfPackages(
              "dev.keygate.sidecar",
              "dev.keygate.sidecar.config",
              "dev.keygate.sidecar.localapi",
              "dev.keygate.sidecar.health")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "io.smallrye..",
              "jakarta..",
              "org.eclipse..",
              "picocli..")
          .because("a framework can be replaced where it is not spread");

  /** One routes class carries health over HTTP; the local API needs no framework at all. */
  @ArchTest
  static final ArchRule answersAreDecidedWithoutHttp =
      noClasses()
          .that()
          .resideInAnyPackage("dev.keygate.sidecar.localapi", "dev.keygate.sidecar.health")
          .and()
          .haveSimpleNameNotEndingWith("Routes")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..")
          .because("an answer is tested without a server");

  @ArchTest
  static final ArchRule devicesAreOpenedByOnePackage =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.sidecar..")
          .and()
          .resideOutsideOfPackage("dev.keygate.sidecar.device")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keygate.evidence.tpm.command..")
          .because("whoever speaks with the TPM could evict its keys");

  @ArchTest
  static final ArchRule nobodyDependsOnWhoReadsOutcomes =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.keygate.sidecar.release",
              "dev.keygate.sidecar.attest",
              "dev.keygate.sidecar.device",
              "dev.keygate.sidecar.keyvault",
              "dev.keygate.sidecar.delivery")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.keygate.sidecar",
              "dev.keygate.sidecar.config",
              "dev.keygate.sidecar.localapi",
              "dev.keygate.sidecar.health")
          .because("the release of keys does not depend on who reads its outcomes");

  @ArchTest
  static final ArchRule thereIsNoKubernetesClient =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.sidecar..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "dev.keygate.api..", "dev.keygate.operator..")
          .because("the sidecar never talks to the Kubernetes API");

  @Test
  void hasNoKubernetesClientOnItsClassPath() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("io.fabric8.kubernetes.client.KubernetesClient"));
  }
}
