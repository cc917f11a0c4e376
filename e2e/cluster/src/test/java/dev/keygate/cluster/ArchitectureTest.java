package dev.keygate.cluster;

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
