package io.gkm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom: the arrows between the packages point one way, and the core stays pure. */
class ArchitectureTest {
  private static final String[] CORE = {
    "io.gkm.ike.wire..", "io.gkm.ike.crypto..", "io.gkm.ike", "io.gkm.group.."
  };

  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gkm");
  }

  /** A rule about a package that is empty holds for no reason. */
  @ParameterizedTest
  @CsvSource({
    "io.gkm.netlink",
    "io.gkm.ike.wire",
    "io.gkm.ike.crypto",
    "io.gkm.ike",
    "io.gkm.group",
    "io.gkm.dataplane",
    "io.gkm.agent",
    "io.gkm.cli"
  })
  void everyPackageHasClasses(String name) {
    assertThat(classes.containPackage(name)).isTrue();
    assertThat(classes.getPackage(name).getClasses()).isNotEmpty();
  }

  /** Package, then the packages of ours it may use beside itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "io.gkm.netlink..    | ''",
        "io.gkm.ike.wire..   | ''",
        "io.gkm.ike.crypto.. | io.gkm.ike.wire..",
        "io.gkm.ike          | io.gkm.ike.wire.. io.gkm.ike.crypto..",
        "io.gkm.group..      | io.gkm.ike..",
        "io.gkm.dataplane..  | io.gkm.netlink.. io.gkm.group.. io.gkm.ike..",
        "io.gkm.agent..      | io.gkm.netlink.. io.gkm.dataplane.. io.gkm.group.. io.gkm.ike..",
        "io.gkm.cli..        | io.gkm.agent..",
      })
  void arrowsPointDownwards(String from, String to) {
    DescribedPredicate<JavaClass> allowed =
        to.isEmpty() ? resideInAPackage(from) : resideInAnyPackage((from + " " + to).split(" "));
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(resideInAPackage("io.gkm..").and(DescribedPredicate.not(allowed)))
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.gkm.(**)").should().beFreeOfCycles().check(classes);
  }

  /** Package of a library, then who may use it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jnr..             | io.gkm.netlink..",
        "org.bouncycastle..| io.gkm.ike.crypto..",
        "io.netty..        | io.gkm.agent..",
        "org.tomlj..       | io.gkm.agent.config..",
        "picocli..         | io.gkm.cli..",
        "com.fasterxml..   | io.gkm.agent.status..",
      })
  void librariesStayInTheirPlace(String library, String user) {
    noClasses()
        .that()
        .resideInAPackage("io.gkm..")
        .and()
        .resideOutsideOfPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(classes);
  }

  @Test
  void theWireFormatNeedsNothingButTheJdk() {
    noClasses()
        .that()
        .resideInAPackage("io.gkm.ike.wire..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "javax..", "io.gkm.ike.wire..")
        .check(classes);
  }

  @Test
  void theCoreOpensNoSocketAndNoFile() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..", "java.nio.file..", "javax.net..")
        .orShould()
        .dependOnClassesThat(
            describe(
                "are sockets, interfaces or files",
                type ->
                    Set.of(
                            "java.net.Socket",
                            "java.net.ServerSocket",
                            "java.net.DatagramSocket",
                            "java.net.MulticastSocket",
                            "java.net.NetworkInterface",
                            "java.net.URL",
                            "java.io.File",
                            "java.io.FileInputStream",
                            "java.io.FileOutputStream",
                            "java.io.RandomAccessFile")
                        .contains(type.getName())))
        .check(classes);
  }

  @Test
  void theCoreReadsNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .callCodeUnitWhere(
            describe("reads a clock", (JavaCall<?> call) -> readsClock(call.getTarget())))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(classes);
  }

  private static boolean readsClock(AccessTarget.CodeUnitCallTarget target) {
    String owner = target.getOwner().getName();
    return (owner.equals("java.lang.System")
            && List.of("nanoTime", "currentTimeMillis").contains(target.getName()))
        || (owner.startsWith("java.time.") && target.getName().equals("now"));
  }

  @Test
  void theCoreStartsNoThreadAndNeverWaits() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executor.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Timer")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent.locks..")
        .check(classes);
  }

  @Test
  void theCoreTakesItsRandomnessFromOutside() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .callCodeUnitWhere(
            describe(
                "makes its own randomness",
                (JavaCall<?> call) ->
                    (call.getTarget().getOwner().getName().equals("java.security.SecureRandom")
                            && List.of("<init>", "getInstance", "getInstanceStrong")
                                .contains(call.getTarget().getName()))
                        || call.getTarget().getFullName().startsWith("java.lang.Math.random(")
                        || call.getTarget().getFullName().startsWith("java.util.UUID.random")))
        .check(classes);
  }

  @Test
  void askingForTheStatusLoadsNothingHeavy() {
    noClasses()
        .that()
        .resideInAPackage("io.gkm.agent.status..")
        .or()
        .haveNameMatching("io\\.gkm\\.cli\\.(Gkm|StatusCommand|StatusTable)")
        .or()
        .haveNameMatching("io\\.gkm\\.agent\\.control\\.Control(Client|Protocol)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.netty..",
            "org.bouncycastle..",
            "jnr..",
            "org.slf4j..",
            "org.tomlj..",
            "io.gkm.agent.config..",
            "io.gkm.ike..",
            "io.gkm.group..")
        .check(classes);
  }

  @Test
  void nothingStaticCanChange() {
    fields()
        .that()
        .areStatic()
        .and(
            describe(
                "are written by us",
                field ->
                    !field.getName().contains("$")
                        && !field.getOwner().getName().contains("$Switch")))
        .should()
        .beFinal()
        .check(classes);
  }
}
