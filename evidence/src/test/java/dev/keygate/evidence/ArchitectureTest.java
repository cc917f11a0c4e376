package dev.keygate.evidence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.keygate.house.HouseRules;

@AnalyzeClasses(packages = "dev.keygate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests houseRules = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchRule decidingIsPure = HouseRules.pure("dev.keygate.evidence..");

  @ArchTest
  static final ArchRule dependsOnLittle =
      classes()
          .that()
          .resideInAPackage("dev.keygate.evidence..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.keygate.evidence..",
              "java..",
              "javax.crypto..",
              "javax.security.auth.x500..",
              "org.jspecify.annotations..",
              "com.fasterxml.jackson.core..")
          .because("anybody can use this library without a framework");
}
