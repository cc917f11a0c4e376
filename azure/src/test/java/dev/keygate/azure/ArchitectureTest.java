package dev.keygate.azure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.keygate.azure.http.Exchange;
import dev.keygate.house.HouseRules;
import dev.keygate.time.TimeSource;

@AnalyzeClasses(packages = "dev.keygate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests houseRules = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule readingAndVerifyingArePure =
      HouseRules.pure("dev.keygate.azure.jose..", "dev.keygate.azure.json..");

  @ArchTest
  static final ArchRule verifiersAndTablesArePure =
      noClasses()
          .that()
          .haveNameMatching(
              "dev\\.keygate\\.azure\\.(attestation\\.(TokenVerifier|SealedToken|GuestRequestJson)"
                  + "|keyvault\\.(VaultErrors|VaultError|Symptom|KeyBundle|KeyBundleJson|NextLink))"
                  + ".*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "java.nio.file..", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Exchange.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(TimeSource.class);

  @ArchTest
  static final ArchRule noFramework =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.azure..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "jakarta..", "org.eclipse.microprofile..", "io.fabric8..");

  /** The operator uses this module, and the control plane cannot obtain keys. */
  @ArchTest
  static final ArchRule releaseIsNotCallableFromHere =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.keygate.azure..")
          .should()
          .haveNameMatching("(?i)(release|unwrap)(key)?");

  @ArchTest
  static final ArchRule theHttpClientIsUsedInOnePlace =
      noClasses()
          .that()
          .resideInAPackage("dev.keygate.azure..")
          .and()
          .resideOutsideOfPackage("dev.keygate.azure.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..");
}
