package dev.auscult.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.auscult.train.spec.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules against the numbers of {@code bench/oracle/schedules.py}, and what they warn about. */
class SchedulesTest {
    private static final double BASE = 0.1;
    private static final long PER_EPOCH = 15;
    private static final int EPOCHS = 4;

    record Case(String type, String settings, List<Double> rates) {
        @Override
        public String toString() {
            return type + " " + settings;
        }
    }

    private static List<Case> oracle() {
        try (InputStream in =
                Objects.requireNonNull(SchedulesTest.class.getResourceAsStream("/oracle/schedules.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Case(
                            cells[0],
                            cells[1],
                            Arrays.stream(cells[2].split(" ", -1))
                                    .map(Double::valueOf)
                                    .toList()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Case> timed() {
        return oracle().stream()
                .filter(c -> !c.type().equals("plateau") && !c.type().equals("losses"));
    }

    static Stream<Case> plateaus() {
        return oracle().stream().filter(c -> c.type().equals("plateau"));
    }

    private static Schedule schedule(String type, String settings) {
        return Schedules.of(Settings.of(type, settings), BASE, PER_EPOCH, EPOCHS);
    }

    @ParameterizedTest
    @MethodSource("timed")
    void givesTheRatesOfTheOracle(Case c) {
        Schedule schedule = schedule(c.type(), c.settings());
        for (int step = 0; step < c.rates().size(); step++) {
            double wanted = c.rates().get(step);
            assertThat(schedule.at(step)).as("step %d", step).isCloseTo(wanted, within(1e-12 + 1e-9 * wanted));
        }
    }

    @ParameterizedTest
    @MethodSource("plateaus")
    void plateauActsAsPyTorch(Case c) {
        List<Double> losses = oracle().stream()
                .filter(o -> o.type().equals("losses"))
                .findFirst()
                .orElseThrow()
                .rates();
        Schedule schedule = schedule(c.type(), c.settings());
        for (int i = 0; i < losses.size(); i++) {
            schedule.observe(i + 1, losses.get(i));
            assertThat(schedule.at(0))
                    .as("evaluation %d", i)
                    .isCloseTo(c.rates().get(i), within(1e-12));
        }
        assertThat(schedule.at(0)).isLessThan(BASE);
    }

    @Test
    void everyTypeOfTheVocabularyIsMade() {
        for (String type : Schedules.TYPES) {
            String settings = type.equals("cosine-restarts") ? "factor=2" : "";
            assertThat(schedule(type, settings).at(0)).as(type).isPositive().isFinite();
        }
    }

    @Test
    void everyTypeHasAnOracleOrATestOfItsOwn() {
        List<String> tested = new ArrayList<>(oracle().stream().map(Case::type).toList());
        tested.add("validation-decay");
        assertThat(tested).containsAll(Schedules.TYPES);
    }

    @Test
    void perEpochChangesOnlyBetweenEpochs() {
        Schedule schedule = schedule("cosine", "per=epoch");
        for (int step = 0; step < PER_EPOCH * EPOCHS; step++) {
            assertThat(schedule.at(step)).isEqualTo(schedule.at(step / PER_EPOCH * PER_EPOCH));
        }
        assertThat(schedule.at(PER_EPOCH)).isLessThan(schedule.at(PER_EPOCH - 1));
    }

    @Test
    void aWarmUpInEpochsRisesAtEveryStep() {
        Schedule schedule = schedule("constant", "per=epoch warm-up=2 warm-up-from=0.5");
        for (int step = 0; step <= 30; step++) {
            assertThat(schedule.at(step)).isCloseTo(BASE * (0.5 + step / 60.0), within(1e-15));
        }
        assertThat(schedule.at(31)).isEqualTo(BASE);
    }

    @Test
    void restartsAreAtFullHeightAlsoForGrowthsThatAreNoWholeNumbers() {
        Schedule schedule = Schedules.of(Settings.of("cosine-restarts", "length=16 factor=1.5"), BASE, 1000, 1);
        for (int restart : new int[] {0, 16, 16 + 24, 16 + 24 + 36, 16 + 24 + 36 + 54, 16 + 24 + 36 + 54 + 81}) {
            assertThat(schedule.at(restart)).as("step %d", restart).isCloseTo(BASE, within(1e-9));
        }
        for (int step = 0; step < 1000; step++) {
            assertThat(schedule.at(step)).isBetween(0.0, BASE * (1 + 1e-12));
        }
    }

    @Test
    void validationDecayDividesByHowLongValidationWorsens() {
        Schedule schedule = schedule("validation-decay", "");
        double[] losses = {1.0, 0.8, 0.9, 0.95, 0.7, 0.71, 0.72, 0.73, 0.74, 0.6, Double.NaN, Double.NaN};
        // t_p = 3: 1/min(3, 1), 1/min(3, 2); then t_p = 6 from half of η₀: 1, 1/2, 1/3, 1/4; then t_p = 11: 1, 1/2.
        double[] wanted = {1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.5 / 3, 0.125, 0.125, 0.125, 0.0625};
        for (int i = 0; i < losses.length; i++) {
            schedule.observe(i + 1, losses[i]);
            assertThat(schedule.at(0)).as("epoch %d", i + 1).isCloseTo(BASE * wanted[i], within(1e-15));
        }
    }

    @Test
    void validationThatWorsensFromTheSecondEpochOnCostsNoMoreThanHalf() {
        Schedule schedule = schedule("validation-decay", "");
        for (int epoch = 1; epoch < 50; epoch++) {
            schedule.observe(epoch, epoch);
        }
        assertThat(schedule.at(0)).isCloseTo(BASE / 2, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plateau", "validation-decay"})
    void goesOnFromASavedState(String type) {
        Schedule whole = schedule(type, "patience=1 warm-up=5");
        Schedule cut = schedule(type, "patience=1 warm-up=5");
        for (int epoch = 1; epoch <= 20; epoch++) {
            double loss = Math.sin(epoch) + 2;
            whole.observe(epoch, loss);
            cut.observe(epoch, loss);
            Map<String, Double> state = cut.state();
            cut = schedule(type, "patience=1 warm-up=5");
            cut.restore(state);
            assertThat(cut.at(7)).isEqualTo(whole.at(7));
            assertThat(cut.at(3)).isEqualTo(whole.at(3));
        }
        assertThat(whole.at(7)).isLessThan(BASE);
    }

    @Test
    void refusesTheStateOfAnotherSchedule() {
        Map<String, Double> state = schedule("plateau", "").state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule("validation-decay", "").restore(state))
                .withMessageContaining("wanted before");
    }

    @Test
    void warnsOfTheNegativeHalfAndHoldsIt() {
        Schedule schedule = schedule("damped-cosine", "floor=0.02");
        assertThat(schedule.warnings())
                .singleElement()
                .asString()
                .contains("negative")
                .contains("floor");
        for (int step = 0; step < 60; step++) {
            assertThat(schedule.at(step)).isGreaterThanOrEqualTo(0.02 * BASE);
        }
        assertThat(schedule("damped-cosine", "").warnings())
                .anySatisfy(warning -> assertThat(warning).contains("schedule.floor"));
    }

    @Test
    void warnsOfALengthThatIsNotThatOfTheTraining() {
        assertThat(schedule("linear", "length=30").warnings())
                .anySatisfy(w -> assertThat(w).contains("after 30 of 60 steps"))
                .anySatisfy(w -> assertThat(w).contains("last 30 of 60 steps"));
        assertThat(schedule("cosine", "length=100").warnings())
                .singleElement()
                .asString()
                .contains("takes 100 steps")
                .contains("only 60");
        assertThat(schedule("cosine", "length=2 per=epoch floor=0.1").warnings())
                .singleElement()
                .asString()
                .contains("after 30 of 60 steps");
    }

    @Test
    void warnsOfACycleThatNeverComesRound() {
        assertThat(schedule("cosine-restarts", "factor=2").warnings())
                .singleElement()
                .asString()
                .contains("a cycle takes 60 steps");
        assertThat(schedule("triangular", "length=3 per=epoch").warnings())
                .singleElement()
                .asString()
                .contains("a cycle takes 90 steps")
                .contains("only 60");
    }

    @Test
    void warnsOfAWarmUpThatNeverEnds() {
        assertThat(schedule("constant", "warm-up=60").warnings())
                .singleElement()
                .asString()
                .contains("60 steps");
    }

    @Test
    void warnsOfADecayPerStepThatWasMeantPerEpoch() {
        assertThat(schedule("exponential", "factor=0.5").warnings())
                .singleElement()
                .asString()
                .contains("teach nothing");
        assertThat(schedule("exponential", "factor=0.5 per=epoch").warnings()).isEmpty();
    }

    @Test
    void isSilentAboutWhatIsInOrder() {
        for (String type : List.of("constant", "linear", "cosine", "warm-up-stable-decay", "plateau")) {
            assertThat(schedule(type, "warm-up=5").warnings()).as(type).isEmpty();
        }
        assertThat(schedule("one-cycle", "").warnings()).isEmpty();
        assertThat(schedule("triangular", "length=10").warnings()).isEmpty();
        assertThat(schedule("cosine-restarts", "length=10 factor=2").warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "floor=2",
                "per=hour",
                "warm-up=-1",
                "warm-up=2 warm-up-from=7",
                "warm-up=2 warm-up-type=slow",
                "warm-up=2 warm-up-type=exponential warm-up-from=0"
            })
    void refusesWhatIsOutOfRange(String settings) {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> schedule("cosine", settings))
                .withMessageContaining("schedule.")
                .withMessageContaining("wanted");
    }

    @Test
    void refusesAnUnknownType() {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> schedule("cosinus", ""))
                .withMessageContaining("cosinus")
                .withMessageContaining("cosine-restarts");
    }

    @Test
    void statesHaveOneOrder() {
        assertThat(schedule("plateau", "").state().keySet()).containsExactly("rate", "best", "bad", "rest");
        assertThat(schedule("validation-decay", "").state().keySet())
                .containsExactly("rate", "before", "best", "began");
    }
}
