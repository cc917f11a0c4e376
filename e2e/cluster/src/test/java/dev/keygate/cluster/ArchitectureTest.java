package dev.keygate.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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

  /** A process that others start outlives us on Ctrl-C. */
  @ArchTest
  static final ArchRule processesAreStartedByTheirOwnPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.keygate.cluster.process")
          .and()
          .resideInAPackage("dev.keygate.cluster..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class, Runtime.class);

  @ArchTest
  static final ArchRule certificatesKnowNothingOfProcesses =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.cluster.pki")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keygate.cluster", "dev.keygate.cluster.process..");
}
