package dev.auscult.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.app.report.CheckedData;
import dev.auscult.app.report.ExaminedRun;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.data.checkup.LabelSuspect;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.quality.Spellings;
import dev.auscult.data.repair.RepairPlan;
import dev.auscult.data.repair.RepairPlan.Treatment;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Split;

/** Makes findings into a plan of what to change in a copy of the training table; what no rule found is left as it is. */
final class Cure {
    private final DataCheckup checkup;
    private final ExaminedRun run;
    private final Treatment treatment;
    private final Frame train;

    Cure(DataCheckup checkup, ExaminedRun run, Treatment treatment) {
        this.checkup = checkup;
        this.run = run;
        this.treatment = treatment;
        this.train = checkup.frames().get(0);
    }

    RepairPlan plan() {
        Map<String, Set<String>> blanks = new HashMap<>();
        Map<String, Set<Double>> sentinels = sentinels();
        List<String> medians = new ArrayList<>();
        List<String> categories = new ArrayList<>();
        for (FrameColumn column : train.inputs()) {
            Set<String> words = new HashSet<>(column.markers().keySet());
            words.remove("");
            if (!words.isEmpty()) {
                blanks.put(column.name(), words);
            }
            boolean gaps = column.profile().missing() > 0 || sentinels.containsKey(column.name());
            if (gaps && column.isNumeric()) {
                medians.add(column.name());
            } else if (gaps && column.isCategorical()) {
                categories.add(column.name());
            }
        }
        return new RepairPlan(
                blanks,
                sentinels,
                spellings(),
                medians,
                categories,
                isFound("duplicates") ? compared() : List.of(),
                suspects(),
                treatment);
    }

    private boolean isFound(String rule) {
        return run.findings().stream().anyMatch(f -> isOf(f, rule));
    }

    /** Whether it is a finding of this rule that is not about other parts alone. */
    private static boolean isOf(ExaminedRun.Reported reported, String rule) {
        List<String> examples = reported.finding().where().examples();
        boolean elsewhere =
                examples.stream().anyMatch(Cure::isHeldOut) && examples.stream().allMatch(Cure::isHeldOut);
        return reported.finding().rule().name().equals(rule) && !elsewhere;
    }

    private static boolean isHeldOut(String example) {
        return example.startsWith(Split.TEST.label() + " ") || example.startsWith(Split.VALIDATION.label() + " ");
    }

    private Set<String> columnsOf(String rule, Severity least) {
        Set<String> columns = new HashSet<>();
        run.findings().stream()
                .filter(f -> isOf(f, rule) && f.finding().severity().isAtLeast(least))
                .forEach(f -> columns.addAll(f.finding().where().columns()));
        return columns;
    }

    private Map<String, Set<Double>> sentinels() {
        // A remark says that a value may stand for a missing one; that is too little to empty a cell for.
        Set<String> named = columnsOf("special-values", Severity.MEDIUM);
        String worst = run.findings().stream()
                .filter(f -> isOf(f, "special-values"))
                .flatMap(f -> f.finding().where().columns().stream())
                .findFirst()
                .orElse("");
        Map<String, Set<Double>> sentinels = new HashMap<>();
        checkup.profile().observations(Observation.Kind.SPECIAL_VALUES).forEach(o -> {
            for (String column : o.columns()) {
                boolean input =
                        train.column(column).filter(c -> c.role() == Role.INPUT).isPresent();
                if (o.split() == Split.TRAIN && named.contains(column) && input) {
                    Set<Double> values = new HashSet<>();
                    for (String value : Lists.ofCommas(o.note("values"))) {
                        values.add(Double.valueOf(value));
                    }
                    // A zero is often true, and beside a worse column nothing says that here it is not.
                    if (!column.equals(worst)) {
                        values.remove(0.0);
                        values.remove(-0.0);
                    }
                    if (!values.isEmpty()) {
                        sentinels.put(column, values);
                    }
                }
            }
        });
        return sentinels;
    }

    private Map<String, Map<String, String>> spellings() {
        Map<String, Map<String, String>> spellings = new HashMap<>();
        for (String name : columnsOf("string-mismatch", Severity.INFO)) {
            train.column(name)
                    .filter(FrameColumn::isCategorical)
                    .ifPresent(c -> spellings.put(name, Spellings.usual(c)));
        }
        return spellings;
    }

    /** All columns but those that name their row, which would hide its copies. */
    private List<String> compared() {
        return train.columns().stream()
                .filter(c -> c.role() != Role.DROPPED && !namesItsRow(c))
                .map(FrameColumn::name)
                .toList();
    }

    private boolean namesItsRow(FrameColumn column) {
        if (column.isText() || column.profile().missing() > 0) {
            return false;
        }
        double[] sorted = column.sorted();
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] != Math.rint(sorted[i]) || (i > 0 && sorted[i] == sorted[i - 1])) {
                return false;
            }
        }
        return sorted.length == train.rows();
    }

    /**
     * Whether doubted labels are treated at all. Where label-errors found nothing they are the rows that any model errs on,
     * and leaving those out makes a task look easy.
     */
    boolean doubtsLabels() {
        return isFound(CheckedData.LABEL_ERRORS);
    }

    private Map<Long, Double> suspects() {
        Map<Long, Double> weights = new HashMap<>();
        if (!doubtsLabels()) {
            return weights;
        }
        for (LabelSuspect suspect : checkup.suspects()) {
            if (suspect.row() > 0) {
                weights.put(suspect.row(), Math.max(0, Math.min(1, suspect.selfConfidence())));
            }
        }
        return weights;
    }
}
