package dev.auscult.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.auscult.data.PreparedData;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Rule;
import dev.auscult.intake.Intake;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialProcess;
import dev.auscult.run.Run;
import dev.auscult.train.loop.Trainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of the house. */
class HouseTest {
    /** Fewer classes than this, and the walls were checked around an empty house. */
    private static final int FLOOR = 700;

    private static final String DATA = "dev.auscult.data..";
    private static final String TRAIN = "dev.auscult.train..";
    private static final String RULES = "dev.auscult.diagnose.rules..";
    /** Packages of the intake that every reader may use; a recording of ours is made of event files. */
    private static final Set<String> SHARED_BY_READERS =
            Set.of("table", "json", "npy", "protobuf", "tensors", "tensorboard");

    private static JavaClasses house;

    @BeforeAll
    static void readTheClasses() {
        List<URL> places = List.of(
                        Run.class,
                        Intake.class,
                        Doctor.class,
                        PreparedData.class,
                        Trainer.class,
                        Treatment.class,
                        Main.class)
                .stream()
                .map(c -> c.getProtectionDomain().getCodeSource().getLocation())
                .toList();
        house = new ClassFileImporter().importUrls(places);
    }

    @Test
    void theWholeHouseWasSeen() {
        assertThat(house.size()).isGreaterThan(FLOOR);
        for (String module : List.of("run", "intake", "diagnose", "data", "train", "repair", "app")) {
            assertThat(house.stream().anyMatch(c -> c.getPackageName().startsWith("dev.auscult." + module)))
                    .as(module)
                    .isTrue();
        }
    }

    @Test
    void theWaistSeesNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.auscult.run..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.auscult.run..", "java..", "org.jspecify..")
                .check(house);
    }

    @Test
    void intakeAndDiagnoseSeeOnlyTheWaist() {
        noClasses()
                .that()
                .resideInAPackage("dev.auscult.intake..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.auscult.diagnose..", "dev.auscult.app..", DATA, TRAIN)
                .check(house);
        noClasses()
                .that()
                .resideInAPackage("dev.auscult.diagnose..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.auscult.intake..", "dev.auscult.app..", DATA, TRAIN)
                .check(house);
    }

    @Test
    void dataSeeOnlyTheWaist() {
        noClasses()
                .that()
                .resideInAPackage(DATA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.auscult.intake..", "dev.auscult.diagnose..", "dev.auscult.app..", TRAIN)
                .check(house);
    }

    @Test
    void theTrainerJudgesNothing() {
        noClasses()
                .that()
                .resideInAPackage(TRAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.auscult.diagnose..", "dev.auscult.app..")
                .check(house);
    }

    @Test
    void onlyTheCommandLineSeesRepair() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.auscult.repair..", "dev.auscult.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.auscult.repair..")
                .check(house);
        noClasses()
                .that()
                .resideInAPackage("dev.auscult.repair..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.auscult.app..")
                .check(house);
    }

    @Test
    void libtorchIsSeenInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.auscult.train.torch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(house);
    }

    @Test
    void duckDbIsSeenByTheDataAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(DATA)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .check(house);
    }

    @Test
    void rulesAreOnTheirOwn() {
        DescribedPredicate<JavaClass> rules = resideInAPackage(RULES).and(assignableTo(Rule.class));
        classes()
                .that(rules)
                .should(new ArchCondition<>("depend on no other rule") {
                    @Override
                    public void check(JavaClass rule, ConditionEvents events) {
                        for (Dependency dependency : rule.getDirectDependenciesFromSelf()) {
                            JavaClass target = outermost(dependency.getTargetClass());
                            if (rules.test(target) && !target.equals(outermost(rule))) {
                                events.add(SimpleConditionEvent.violated(rule, dependency.getDescription()));
                            }
                        }
                    }
                })
                .allowEmptyShould(true)
                .check(house);
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    @Test
    void nobodyButTheRuleBookAndTheRulesSeesRules() {
        noClasses()
                .that()
                .resideOutsideOfPackage(RULES)
                .and()
                .doNotHaveFullyQualifiedName("dev.auscult.diagnose.RuleBook")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RULES)
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void readersAreOnTheirOwn() {
        slices().matching("dev.auscult.intake.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAnySharedPackage())
                .allowEmptyShould(true)
                .check(house);
    }

    private static DescribedPredicate<JavaClass> resideInAnySharedPackage() {
        return DescribedPredicate.describe("reside in a shared package of the intake", type -> {
            String[] parts = type.getPackageName().split("\\.", -1);
            return parts.length > 3 && parts[2].equals("intake") && SHARED_BY_READERS.contains(parts[3]);
        });
    }

    @Test
    void onlyTheAppPrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.auscult.app..")
                // A program of its own, which answers the one that started it on standard output.
                .and()
                .doNotHaveFullyQualifiedName(TrialProcess.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(house);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(house);
    }

    @Test
    void nobodyReadsObjectsOfOthers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.ObjectInputStream.class)
                .check(house);
    }

    @Test
    void packagesFormNoCycles() {
        // A list names what it lists, which in turn is what the list is of.
        DescribedPredicate<JavaClass> lists = DescribedPredicate.describe(
                "are lists", c -> Set.of("Readers", "RuleBook").contains(c.getSimpleName()));
        slices().matching("dev.auscult.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(lists, DescribedPredicate.alwaysTrue())
                .check(house);
    }
}
