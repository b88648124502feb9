package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;
import dev.auscult.run.SeriesBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No series, however odd, makes a rule fail: each series of each case is replaced in turn, and every rule is asked. */
class HostileSeriesTest {
    /** What a series is replaced by. */
    @SuppressWarnings("ImmutableEnumChecker") // the operators are lambdas without state
    enum Odd {
        NOT_A_NUMBER(v -> Double.NaN),
        ONE_POINT(v -> v),
        ONES(v -> 1),
        ZEROS(v -> 0),
        INFINITE(v -> Double.POSITIVE_INFINITY),
        MINUS_INFINITE(v -> Double.NEGATIVE_INFINITY),
        HUGE(v -> 1e308),
        MINUS_HUGE(v -> -1e308),
        SWINGING(v -> v > 0.5 ? 1e308 : -1e308);

        private final DoubleUnaryOperator value;

        Odd(DoubleUnaryOperator value) {
            this.value = value;
        }

        Run in(Run run, int replaced) {
            RunBuilder odd = Run.builder(run.id()).format("odd");
            for (int m = 0; m < run.metrics().size(); m++) {
                Series series = run.metrics().get(m);
                SeriesBuilder to = odd.series(series.key());
                int size = m == replaced && this == ONE_POINT ? 1 : series.size();
                for (int i = 0; i < size; i++) {
                    double v = series.value(i);
                    to.add(
                            series.step(i),
                            series.epoch(i),
                            series.wallTime(i),
                            m == replaced ? value.applyAsDouble(v) : v);
                }
            }
            run.settings().known().forEach((name, text) -> odd.settings().put(name, text));
            run.graph().ifPresent(odd::graph);
            run.probes().forEach(odd::probe);
            return odd.build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsNoRule(Odd odd) {
        List<String> failed = Cases.all().stream()
                .map(Cases.Case::run)
                .filter(run -> run.metrics().size() <= 12)
                .parallel()
                .flatMap(run -> Stream.iterate(0, i -> i < run.metrics().size(), i -> i + 1)
                        .flatMap(i -> faults(
                                odd.in(run, i), run.metrics().get(i).key().label())))
                .distinct()
                .sorted()
                .toList();
        assertThat(failed).isEmpty();
    }

    private static Stream<String> faults(Run run, String replaced) {
        Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run);
        List<String> failed = new ArrayList<>();
        for (Diagnosis.Fault fault : diagnosis.faults()) {
            failed.add(fault.rule().name() + " on " + replaced + ": " + fault.cause() + " at "
                    + fault.cause().getStackTrace()[0]);
        }
        return failed.stream();
    }

    @Test
    void aFaultyRuleIsNamedAndLeavesTheOthersTheirSay() {
        RuleInfo info = RuleInfo.stable("LOS199", "faulty");
        Rule faulty = new Rule() {
            @Override
            public RuleInfo info() {
                return info;
            }

            @Override
            public List<Need> needs() {
                return List.of();
            }

            @Override
            public List<Threshold> thresholds() {
                return List.of();
            }

            @Override
            public Verdict examine(Examination examination) {
                throw new IllegalStateException("on purpose");
            }
        };
        List<Rule> rules = List.of(faulty, RuleBook.find("loss-not-finite").orElseThrow());
        Run run = CaseRun.parse("run", "train/loss: 2@0 1@20 nan-from@10");
        Diagnosis diagnosis = new Doctor(rules, Map.of()).examine(run);
        assertThat(diagnosis.findings()).hasSize(1);
        assertThat(diagnosis.faults()).extracting(Diagnosis.Fault::rule).containsExactly(info);
        assertThat(diagnosis.unable().get(0).verdict().reason())
                .isEqualTo("a fault of Auscult in this rule: IllegalStateException: on purpose");
    }
}
