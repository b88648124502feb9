package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.auscult.run.Run;
import org.junit.jupiter.api.Test;

/** One row of numbers is too little for any rule to call a run healthy. */
class OneRowTest {
    @Test
    void cannotBeJudged() {
        Run run = CaseRun.parse("run", """
                train/loss: values 0.7
                train/accuracy: values 0.6
                validation/loss: values 0.8
                validation/accuracy: values 0.55
                learning_rate: values 0.001
                """);
        List<String> judges = RuleBook.rules().stream()
                .filter(r -> r.info().family() != Family.LOG)
                .filter(r -> !r.info().name().equals("too-short"))
                .filter(r -> r.appliesTo(run))
                .filter(r ->
                        new Doctor(List.of(r), Map.of()).examine(run).unable().isEmpty())
                .map(r -> r.info().name())
                .toList();
        assertThat(judges).isEmpty();
        assertThat(new Doctor(RuleBook.rules(), Map.of()).examine(run).status()).isEqualTo(Diagnosis.Status.UNABLE);
    }
}
