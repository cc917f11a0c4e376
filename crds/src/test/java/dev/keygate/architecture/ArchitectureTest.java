package dev.keygate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
  static final ArchRule everyPackageIsPure =
      HouseRules.pure(
          "dev.keygate.api..",
          "dev.keygate.condition..",
          "dev.keygate.contract..",
          "dev.keygate.endpoint..",
          "dev.keygate.failure..",
          "dev.keygate.json..",
          "dev.keygate.policy..");

  @ArchTest
  static final ArchRule onlyTheKindsKnowMoreThanTheJdkAndJackson =
      classes()
          .that()
          .resideOutsideOfPackages("dev.keygate.api.v1alpha1..", "dev.keygate.house..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.keygate..",
              "java..",
              "javax.crypto..",
              "javax.security..",
              "org.jspecify.annotations..",
              "com.fasterxml.jackson.annotation..",
              "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule onlyTheApiKnowsTheKubernetesClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.keygate.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "dev.keygate.api..");
}
