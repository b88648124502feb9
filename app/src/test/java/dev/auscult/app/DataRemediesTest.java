package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;
import dev.auscult.run.Split;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules on data say to change in a spec can be changed in one, whatever the columns are called. */
class DataRemediesTest {
    private static final String SPEC = """
            data:
              train: a.csv
              target: label
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age",
                "a, b",
                "x: y",
                "1",
                "null",
                "no",
                "#c",
                "it's \"so\"",
                "[0]",
                "Größe (cm)",
                "a\\b",
                " edge "
            })
    void areAcceptedBySpecs(String column) {
        List<Remedy.Edit> edits = findings(column).stream()
                .flatMap(f -> f.remedies().stream())
                .flatMap(r -> r.edits().stream())
                .toList();
        assertThat(edits.stream().map(Remedy.Edit::key).distinct())
                .contains(
                        "data.drop",
                        "data.missing",
                        "data.types",
                        "data.shuffle",
                        "data.imbalance",
                        "data.normalize",
                        "data.validation",
                        "data.validation.group",
                        "data.validation.time");
        for (Remedy.Edit edit : edits) {
            String text = SpecEdit.apply("spec.yaml", SPEC, List.of(new Change(edit.key(), edit.value(), "")));
            Spec spec = SpecFile.parse("spec.yaml", text, "spec", List.of());
            switch (edit.key()) {
                case "data.drop" ->
                    assertThat(spec.data().drop()).as(edit.value()).containsAnyOf(column, column + "2");
                case "data.types" ->
                    assertThat(spec.data().types()).as(edit.value()).containsKey(column);
                case "data.validation.group" ->
                    assertThat(spec.data().validation().group()).isEqualTo(column);
                case "data.validation.time" ->
                    assertThat(spec.data().validation().time()).isEqualTo(column);
                default ->
                    assertThat(text).contains(edit.key().substring(edit.key().lastIndexOf('.') + 1));
            }
        }
    }

    /** What the rules say of a table in which everything is wrong with one column. */
    private static List<Finding> findings(String name) {
        List<Observation> seen = new ArrayList<>();
        seen.add(of(
                Kind.MISSING_VALUES,
                Split.TRAIN,
                List.of(name),
                Map.of("rows", 1000.0, "missing", 800.0, "share", 0.8)));
        seen.add(of(
                Kind.MISSING_VALUES,
                Split.TEST,
                List.of("label"),
                Map.of("rows", 1000.0, "missing", 9.0, "share", 0.009)));
        seen.add(of(
                Kind.NEAR_CONSTANT, Split.TRAIN, List.of(name), Map.of("rows", 1000.0, "share", 0.999, "rest", 1.0)));
        seen.add(of(
                Kind.CORRELATED_COLUMNS,
                Split.TRAIN,
                List.of(name, name + "2"),
                Map.of("rows", 1000.0, "effect", 1.0, "r", 1.0, "p-value", 0.0)));
        seen.add(of(Kind.ID_COLUMN, Split.TRAIN, List.of(name), Map.of("rows", 1000.0, "filled", 1.0, "p-value", 0.0)));
        seen.add(of(
                Kind.TARGET_LEAK,
                Split.TRAIN,
                List.of(name),
                Map.of("rows", 1000.0, "score", 1.0, "error", 0.0, "copy", 1.0, "p-value", 0.0)));
        seen.add(new Observation(
                Kind.MIXED_TYPES,
                Split.TRAIN,
                List.of(name),
                Map.of("rows", 1000.0, "strays", 5.0, "share", 0.005),
                Map.of("type", "numbers"),
                List.of()));
        seen.add(of(
                Kind.ROW_ORDER,
                Split.TRAIN,
                List.of("label"),
                Map.of("rows", 1000.0, "effect", 1.0, "runs", 2.0, "expected-runs", 500.0, "p-value", 0.0)));
        seen.add(of(
                Kind.SHARED_GROUPS,
                Split.TEST,
                List.of(name),
                Map.of("rows", 1000.0, "declared", 1.0, "share", 0.5, "shared-groups", 9.0)));
        seen.add(of(
                Kind.TIME_ORDER,
                Split.TEST,
                List.of(name),
                Map.of("rows", 1000.0, "declared", 1.0, "share", 0.5, "early", 500.0, "later", 0.5)));
        seen.add(new Observation(
                Kind.SCALED_APART,
                Split.TEST,
                List.of(name),
                Map.of("rows", 1000.0, "apart", 9.0, "looked", 9.0, "p-value", 0.0),
                Map.of("scaling", "standard"),
                List.of()));
        seen.add(new Observation(
                Kind.LABEL_SHIFT,
                Split.TEST,
                List.of("label"),
                Map.of("rows", 1000.0, "effect", 0.5, "p-value", 0.0),
                Map.of("what", "numbers"),
                List.of()));
        List<ColumnProfile> columns = List.of(
                new ColumnProfile(name, Role.INPUT, "date", 1000, 0, 900, 0, Optional.empty(), List.of()),
                new ColumnProfile("label", Role.TARGET, "categorical", 1000, 0, 2, 0, Optional.empty(), List.of()));
        List<DataProfile.Part> parts = IntStream.range(0, 2)
                .mapToObj(i -> new DataProfile.Part(
                        i == 0 ? Split.TRAIN : Split.TEST, "a.csv", 1000, 1000, Map.of("a", 990L, "b", 10L), columns))
                .collect(Collectors.toList());
        DataProfile profile = new DataProfile("table", "classification", List.of("label"), parts, seen);
        Doctor doctor = new Doctor(
                RuleBook.rules().stream()
                        .filter(r -> r.info().family() == Family.DAT)
                        .toList(),
                Map.of());
        return doctor.examine(Run.builder("made").data(profile).build()).findings();
    }

    private static Observation of(Kind kind, Split split, List<String> columns, Map<String, Double> numbers) {
        return new Observation(kind, split, columns, numbers, Map.of(), List.of());
    }
}
