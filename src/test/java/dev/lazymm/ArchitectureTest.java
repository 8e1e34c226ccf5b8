package dev.lazymm;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which package may see which, and what no class may do. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lazymm");

  /** Each package with the packages of ours that it may see; a new package earns a line here. */
  private static final String ARROWS =
      """
      machine
      kernel    machine
      workload  kernel machine
      design    kernel machine
      cost
      trace
      cat
      isa
      mapping   isa
      litmus    cat isa mapping
      check     cat isa litmus mapping workload kernel machine
      simulate  cost workload kernel machine
      replay    cost trace workload kernel machine
      live      workload kernel machine
      count     workload kernel machine
      prove     check workload kernel machine
      barriers  check count workload kernel machine
      export    check cat isa litmus mapping workload kernel machine
      review    barriers check simulate replay live count cat isa litmus mapping cost trace workload kernel machine
      report    export prove barriers review check simulate replay live count cat isa litmus mapping cost trace workload kernel machine
      cli       report export prove barriers review design check simulate replay live count cat isa litmus mapping cost trace workload kernel machine
      """;

  @Test
  void arrowsGoDown() {
    var arrows = ARROWS.lines().map(line -> List.of(line.split(" +"))).toList();
    var layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.lazymm..")
            .withOptionalLayers(true)
            .ensureAllClassesAreContainedInArchitectureIgnoring(resideInAPackage("dev.lazymm"));
    for (var arrow : arrows) {
      layers = layers.layer(arrow.getFirst()).definedBy("dev.lazymm." + arrow.getFirst() + "..");
    }
    for (var arrow : arrows) {
      var layer = layers.whereLayer(arrow.getFirst());
      layers =
          arrow.size() == 1
              ? layer.mayNotAccessAnyLayer()
              : layer.mayOnlyAccessLayers(arrow.stream().skip(1).toArray(String[]::new));
    }
    layers.check(CLASSES);
  }

  @Test
  void everyPackageIsOnTheMaps() throws IOException {
    String tree = Files.readString(Path.of("CONTRIBUTING.md"));
    String picture = Files.readString(Path.of("docs/architecture.md"));
    String table = Files.readString(Path.of("src/main/java/dev/lazymm/package-info.java"));
    for (String line : ARROWS.lines().toList()) {
      String name = line.replaceAll(" .*", "");
      assertThat(tree).contains("\n  " + name + "/ ");
      assertThat(picture.substring(0, picture.indexOf("ArchitectureTest")))
          .containsPattern("\\b" + name + "\\b");
      assertThat(table).contains("<td>" + name + "</td>");
    }
  }

  @Test
  void noCycles() {
    slices().matching("dev.lazymm.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesAreNullMarked() {
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .filteredOn(p -> p.tryGetAnnotationOfType(NullMarked.class).isEmpty())
        .isEmpty();
  }

  @Test
  void noMutableStatics() {
    // ANTLR's generated arrays are not final; nobody writes to them.
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("..grammar")
        .should()
        .beFinal()
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lazymm.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
