package dev.auscult.repair.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import dev.auscult.diagnose.cause.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormularyTest {
    /** What only a person can do: a program, or data that nobody has. */
    private static final List<Cause> FOR_A_PERSON = List.of(
            Cause.GRADIENTS_NOT_CLEARED,
            Cause.GRADIENTS_SIGN_FLIPPED,
            Cause.OPTIMIZER_MISSES_PARAMETERS,
            Cause.TRAIN_EVAL_MODE,
            Cause.EVALUATION_FAULT);

    @Test
    void everyFaultHasTreatmentsAndHealthHasNone() {
        for (Cause cause : Cause.values()) {
            assertThat(Treatments.of(cause).isEmpty()).as(cause.label()).isEqualTo(cause == Cause.NO_FAULT);
        }
    }

    @Test
    void whatASpecCanSayHasAnEdit() {
        assertThat(Arrays.stream(Cause.values())
                        .filter(c -> c != Cause.NO_FAULT && !FOR_A_PERSON.contains(c))
                        .filter(c -> Treatments.of(c).stream().noneMatch(Treatment::isEdit)))
                .isEmpty();
        assertThat(FOR_A_PERSON).allSatisfy(c -> assertThat(Treatments.of(c)).noneMatch(Treatment::isEdit));
    }

    @Test
    void namesAreUniqueAndFoundAgain() {
        long count = Arrays.stream(Cause.values())
                .mapToLong(c -> Treatments.of(c).size())
                .sum();
        assertThat(Formulary.all()).hasSize((int) count);
        assertThat(Formulary.all())
                .allSatisfy(t -> assertThat(Formulary.named(t.name())).contains(t));
        assertThat(Formulary.named("leeches")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("treatments")
    void aTreatmentSaysWhatItDoesInWordsAndAsCode(Treatment treatment) {
        assertThat(treatment.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(List.of(treatment.text(), treatment.effect())).allSatisfy(t -> {
            assertThat(t).matches("(?s)[A-Z].*[^.\\s]").hasSizeGreaterThan(15);
        });
        assertThat(List.of(treatment.pytorch(), treatment.keras()))
                .allSatisfy(c -> assertThat(c).isNotBlank().doesNotContain("\t").isEqualTo(c.stripTrailing()));
        assertThat(treatment.pytorch().lines().count()).isLessThanOrEqualTo(12);
        assertThat(treatment.source()).matches("(?s).*(\\d{4}|manual|guide|notes|Playbook|CS231n).*");
    }

    static List<Treatment> treatments() {
        return Formulary.all();
    }
}
