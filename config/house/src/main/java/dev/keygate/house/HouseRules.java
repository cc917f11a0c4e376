package dev.keygate.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * Rules that hold in every module. A module's {@code ArchitectureTest} includes them with {@code
 * ArchTests.in(HouseRules.class)} and adds rules of its own.
 */
public final class HouseRules {

  private static final String WALL_CLOCK = "dev.keygate.azure.time.SystemTime";

  private static final Set<String> VAGUE_PACKAGES =
      Set.of("util", "utils", "common", "helper", "helpers", "misc", "impl", "model", "dto");

  private HouseRules() {}

  /** No package of {@code dev.keygate} depends on itself through another one. */
  @ArchTest
  public static final ArchRule NO_PACKAGE_CYCLES =
      slices()
          .matching("dev.keygate.(**)")
          .should()
          .beFreeOfCycles()
          .as("packages are free of cycles");

  /**
   * Time is read and waited for through {@code dev.keygate.time.TimeSource} alone, so that tests
   * and fast-clock runs decide what time it is.
   */
  @ArchTest
  public static final ArchRule TIME_COMES_FROM_THE_TIME_SOURCE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(WALL_CLOCK)
          .should()
          .callMethodWhere(readsTheWallClockOrSleeps())
          .because("time is injected as dev.keygate.time.TimeSource")
          .allowEmptyShould(true);

  /** Package names say what a package knows. */
  @ArchTest
  public static final ArchRule PACKAGES_ARE_NAMED_BY_CONCEPT =
      classes().should(resideInAPackageNamedByItsConcept()).allowEmptyShould(true);

  /** Every package says what it knows and is null-marked. */
  @ArchTest
  public static final ArchRule PACKAGES_ARE_NULL_MARKED =
      classes().should(resideInANullMarkedPackage()).allowEmptyShould(true);

  /** Classes are named for what they are, not for being a helper of something else. */
  @ArchTest
  public static final ArchRule CLASSES_HAVE_NO_VAGUE_SUFFIX =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .allowEmptyShould(true);

  /**
   * A rule for packages that only decide: they touch no file, no socket, no clock, no logger and no
   * framework.
   *
   * @param packages ArchUnit package identifiers, such as {@code dev.keygate.policy..}
   */
  public static ArchRule pure(String... packages) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..",
            "java.nio.channels..",
            "java.nio.file..",
            "java.util.logging..",
            "org.slf4j..",
            "org.jboss.logging..",
            "io.quarkus..",
            "jakarta..",
            "org.eclipse.microprofile..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .because("deciding is pure: input and output stay at the edge")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaCall<?>> readsTheWallClockOrSleeps() {
    return DescribedPredicate.describe(
        "reads the wall clock or sleeps", HouseRules::isWallClockOrSleep);
  }

  private static boolean isWallClockOrSleep(JavaAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    String method = call.getTarget().getName();
    if (owner.isEquivalentTo(Instant.class)) {
      return method.equals("now");
    }
    if (owner.isEquivalentTo(Clock.class)) {
      return method.startsWith("system");
    }
    if (owner.isEquivalentTo(System.class)) {
      return method.equals("currentTimeMillis") || method.equals("nanoTime");
    }
    if (owner.getPackageName().equals("java.time")) {
      return method.equals("now");
    }
    return owner.isEquivalentTo(Thread.class) && method.equals("sleep");
  }

  private static ArchCondition<JavaClass> resideInAPackageNamedByItsConcept() {
    return new ArchCondition<>("reside in a package named by its concept") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (String part : type.getPackageName().split("\\.", -1)) {
          if (VAGUE_PACKAGES.contains(part)) {
            events.add(
                SimpleConditionEvent.violated(
                    type, type.getName() + " is in a package named '" + part + "'"));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package with a @NullMarked package-info.java") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().tryGetPackageInfo().isPresent()
            || !type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no @NullMarked package-info.java"));
        }
      }
    };
  }
}
