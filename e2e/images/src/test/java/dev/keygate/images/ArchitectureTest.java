package dev.keygate.images;

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

  /** What is packaged is packaged as files; its classes are on no path here. */
  @ArchTest
  static final ArchRule theProductsAreFilesHere =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.images..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keygate.operator..", "dev.keygate.sidecar..");

  /** One package knows the library that writes images. */
  @ArchTest
  static final ArchRule jibIsKnownWhereImagesAreWritten =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.images..")
          .and()
          .resideOutsideOfPackage("dev.keygate.images.archive")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.cloud.tools..");

  @ArchTest
  static final ArchRule theRecipeTouchesNothing =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.images.recipe")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keygate.cluster..", "dev.keygate.emulator..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class, Runtime.class);
}
