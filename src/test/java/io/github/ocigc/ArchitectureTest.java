package io.github.ocigc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ocigc.ledger.LedgerCopy;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * {@code cli -> engine -> store | ledger | registry | archive -> oci}, and {@code console} between
 * engine and ledger: who may know whom, and what each may touch.
 */
final class ArchitectureTest {
  private static final String CLI = "io.github.ocigc.cli..";
  private static final String ENGINE = "io.github.ocigc.engine..";
  private static final String STORE = "io.github.ocigc.store..";
  private static final String LEDGER = "io.github.ocigc.ledger..";
  private static final String REGISTRY = "io.github.ocigc.registry..";
  private static final String ARCHIVE = "io.github.ocigc.archive..";
  private static final String CONSOLE = "io.github.ocigc.console..";
  private static final String REPORT = "io.github.ocigc.report..";
  private static final String OCI = "io.github.ocigc.oci..";

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.ocigc");

  @Test
  void theArrowsPointDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy(CLI)
        .layer("engine")
        .definedBy(ENGINE)
        .layer("store")
        .definedBy(STORE)
        .layer("ledger")
        .definedBy(LEDGER)
        .optionalLayer("registry")
        .definedBy(REGISTRY)
        .optionalLayer("archive")
        .definedBy(ARCHIVE)
        .layer("console")
        .definedBy(CONSOLE)
        .layer("report")
        .definedBy(REPORT)
        .layer("oci")
        .definedBy(OCI)
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("engine", "cli")
        .whereLayer("console")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("ledger")
        .mayOnlyBeAccessedByLayers("engine", "console", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("registry")
        .mayOnlyBeAccessedByLayers("engine", "cli")
        .whereLayer("archive")
        .mayOnlyBeAccessedByLayers("engine", "cli")
        .ensureAllClassesAreContainedInArchitecture()
        .check(PROGRAM);
  }

  @Test
  void theCommandLineRecognisesAStoreAndPassesOnTheStepsAndKnowsNoMoreOfTheDisk() {
    DescribedPredicate<JavaClass> allowed =
        describe("Store or Steps", c -> c.isEquivalentTo(Store.class) || isSteps(c));
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat(resideInAPackage(STORE).and(DescribedPredicate.not(allowed)))
        .check(PROGRAM);
  }

  private static boolean isSteps(JavaClass c) {
    return c.isEquivalentTo(Steps.class);
  }

  @Test
  void theCommandLinePrintsTheLedgersRecordsAndCannotReachTheLedger() {
    DescribedPredicate<JavaClass> values =
        describe("records or enums", c -> c.isRecord() || c.isEnum());
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat(resideInAPackage(LEDGER).and(DescribedPredicate.not(values)))
        .check(PROGRAM);
  }

  @Test
  void theDevicesDoNotKnowEachOther() {
    List<String> devices = List.of(STORE, LEDGER, REGISTRY, ARCHIVE);
    for (String device : devices) {
      noClasses()
          .that()
          .resideInAPackage(device)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  devices.stream().filter(other -> !other.equals(device)).toArray(String[]::new)))
          .allowEmptyShould(true)
          .check(PROGRAM);
    }
  }

  @Test
  void packagesFormNoCircle() {
    slices().matching("io.github.ocigc.(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void ociIsValuesAndParsingAndTouchesNoFile() {
    noClasses()
        .that()
        .resideInAPackage(OCI)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                .or(describe("files of java.io", c -> c.getName().startsWith("java.io.File"))))
        .check(PROGRAM);
  }

  @Test
  void onlyTheLedgerAndTheConsoleOfItsDatabaseKnowThatThereIsOne() {
    noClasses()
        .that()
        .resideOutsideOfPackages(LEDGER, CONSOLE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..", "org.flywaydb.."))
        .check(PROGRAM);
  }

  @Test
  void theConsoleKnowsACopyOfTheLedgerAndNeitherStoresNorFiles() {
    DescribedPredicate<JavaClass> copy =
        describe("LedgerCopy", c -> c.isEquivalentTo(LedgerCopy.class));
    noClasses()
        .that()
        .resideInAPackage(CONSOLE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(STORE, REGISTRY, ARCHIVE, "java.nio.file..", "java.nio.channels..")
                .or(resideInAPackage(LEDGER).and(DescribedPredicate.not(copy)))
                .or(describe("files of java.io", c -> c.getName().startsWith("java.io.File"))))
        .check(PROGRAM);
  }

  @Test
  void onlyTheCommandLineKnowsOptions() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat(resideInAPackage("picocli.."))
        .check(PROGRAM);
  }

  @Test
  void nothingBelowTheCommandLinePrints() {
    noClasses().that().resideOutsideOfPackage(CLI).should(ACCESS_STANDARD_STREAMS).check(PROGRAM);
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.io.PrintStream.class)
        .check(PROGRAM);
  }

  @Test
  void onlyTheBeginningOfTheProcessEndsIt() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.github.ocigc.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(PROGRAM);
  }

  @Test
  void noClassIsNamedAfterNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Utility|Utilities|Helper|Helpers|Manager|Impl)(\\$.*)?")
        .check(PROGRAM);
  }

  @Test
  void tablesAreTheLedgersOwnBusiness() {
    classes()
        .that()
        .resideInAPackage(LEDGER)
        .and()
        .haveSimpleNameEndingWith("Table")
        .should()
        .bePackagePrivate()
        .check(PROGRAM);
  }

  @Test
  void everyPackageSaysThatNothingIsNullUnlessItSaysSo() {
    PROGRAM
        .getPackage("io.github.ocigc")
        .getSubpackagesInTree()
        .forEach(p -> assertThat(p.isAnnotatedWith(NullMarked.class)).as(p.getName()).isTrue());
  }
}
