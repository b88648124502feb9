package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.auscult.diagnose.measure.Convergence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a rule says of a case does not depend on how the run was counted, named, clocked or sampled. */
class InvarianceTest {
    /** Rules about the log itself: how many points there are, and what was written beside them, is their subject. */
    private static final Set<String> ABOUT_COUNTS = Set.of("too-short", "tiny-validation-set", "frozen-metric");

    /**
     * Rules about how long a run is, or what share of it came after something: more of the same plateau is what they
     * measure.
     */
    private static final Set<String> ABOUT_LENGTH = Set.of(
            "too-short", // fewer points are its subject
            "interrupted", // planned against logged length
            "still-improving", // a plateau at the end is its opposite
            "overtraining", // the share of the run after the best point grows
            "schedule-decays-early"); // the share of the run before the cut shrinks

    @TestFactory
    Stream<DynamicTest> counterRunsSevenTimesAsFast() {
        return unchanged(Cases.all().stream(), run -> Transform.timesSteps(run, 7));
    }

    @TestFactory
    Stream<DynamicTest> clockWasElsewhere() {
        return unchanged(Cases.all().stream(), run -> Transform.laterBy(run, 1.7e9));
    }

    @TestFactory
    Stream<DynamicTest> metricsGoByOtherNames() {
        return unchanged(Cases.all().stream(), Transform::renamed);
    }

    /** The other names are not all refused: each of these quantities occurs in a case and is really renamed. */
    @Test
    void thereAreOtherNames() {
        Set<Quantity> renamed = EnumSet.noneOf(Quantity.class);
        for (Cases.Case c : Cases.all()) {
            for (Series series : c.run().metrics()) {
                MetricKey key = series.key();
                MetricKey other = MetricVocabulary.resolve(Transform.otherName(key));
                if (other.sameMeasure(key) && !other.name().equals(key.name())) {
                    renamed.add(key.quantity());
                }
            }
        }
        assertThat(renamed)
                .contains(
                        Quantity.LOSS,
                        Quantity.ACCURACY,
                        Quantity.F1,
                        Quantity.LEARNING_RATE,
                        Quantity.GRADIENT_NORM,
                        Quantity.PERPLEXITY);
    }

    @TestFactory
    Stream<DynamicTest> theSamePlateauGoesOn() {
        return unchanged(
                Cases.all().stream()
                        .filter(c -> !c.kind().equals("Unable"))
                        .filter(c -> !ABOUT_LENGTH.contains(c.rule().info().name()))
                        .filter(c -> c.run().tensors().isEmpty())
                        .filter(c -> c.run().metrics().stream().allMatch(InvarianceTest::endsOnAPlateau)),
                Transform::longerByAQuarter);
    }

    @TestFactory
    Stream<DynamicTest> twentyTimesOnePercentOfNoise() {
        return Cases.all().stream()
                .filter(c -> !c.kind().equals("Unable"))
                .filter(c -> !ABOUT_COUNTS.contains(c.rule().info().name()))
                .filter(c -> c.run().metrics().stream().noneMatch(InvarianceTest::isExact))
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    Doctor doctor = new Doctor(List.of(c.rule()), Map.of());
                    Run run = c.run();
                    List<Integer> others = IntStream.range(0, 20)
                            .filter(seed -> !RulePagesTest.said(doctor.examine(Transform.noisier(run, 0.01, seed)))
                                    .equals(c.kind()))
                            .boxed()
                            .toList();
                    // Cases stand close to the thresholds on purpose; a sick one may once in a while fall below.
                    assertThat(others)
                            .as("seeds with another verdict than %s", c.kind())
                            .hasSizeLessThanOrEqualTo(c.kind().equals("Healthy") ? 0 : 3);
                }));
    }

    private static boolean endsOnAPlateau(Series series) {
        Curve curve = Curve.of(series);
        return series.size() == 1 || (curve.size() >= 12 && Convergence.isFlat(curve));
    }

    @TestFactory
    Stream<DynamicTest> everySecondPointIsGone() {
        return unchanged(
                Cases.all().stream()
                        .filter(c -> !c.kind().equals("Unable"))
                        .filter(c -> !ABOUT_COUNTS.contains(c.rule().info().name()))
                        .filter(c -> c.run().metrics().stream().allMatch(s -> s.size() >= 40 || s.size() == 1)),
                Transform::halfThePoints);
    }

    @TestFactory
    Stream<DynamicTest> aLittleMoreNoise() {
        return unchanged(
                Cases.all().stream()
                        .filter(c -> !c.kind().equals("Unable"))
                        .filter(c -> !ABOUT_COUNTS.contains(c.rule().info().name()))
                        .filter(c -> c.run().metrics().stream().noneMatch(InvarianceTest::isExact)),
                run -> Transform.noisier(run, 0.005, 99));
    }

    /** A metric that repeats a value bit for bit says something by that; noise would take it away. */
    private static boolean isExact(Series series) {
        for (int i = 1; i < series.size(); i++) {
            if (series.value(i) == series.value(i - 1)) {
                return true;
            }
        }
        return false;
    }

    private static Stream<DynamicTest> unchanged(Stream<Cases.Case> cases, UnaryOperator<Run> change) {
        return cases.map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
            Diagnosis after = new Doctor(List.of(c.rule()), Map.of()).examine(change.apply(c.run()));
            assertThat(RulePagesTest.said(after))
                    .as("%s; findings %s, unable %s", c, after.findings(), after.unable())
                    .isEqualTo(c.kind());
        }));
    }
}
