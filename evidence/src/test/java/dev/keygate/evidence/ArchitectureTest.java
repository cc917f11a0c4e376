package dev.keygate.evidence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.keygate.house.HouseRules;

@AnalyzeClasses(packages = "dev.keygate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule packagesAreFreeOfCycles = HouseRules.NO_PACKAGE_CYCLES;

  @ArchTest
  static final ArchRule timeComesFromTheTimeSource = HouseRules.TIME_COMES_FROM_THE_TIME_SOURCE;

  @ArchTest
  static final ArchRule packagesAreNamedByConcept = HouseRules.PACKAGES_ARE_NAMED_BY_CONCEPT;

  @ArchTest static final ArchRule packagesAreNullMarked = HouseRules.PACKAGES_ARE_NULL_MARKED;

  @ArchTest
  static final ArchRule classesHaveNoVagueSuffix = HouseRules.CLASSES_HAVE_NO_VAGUE_SUFFIX;

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
