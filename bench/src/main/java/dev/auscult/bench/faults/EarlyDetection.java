package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;

/** After which share of its steps a fault is first seen, from recordings cut short. */
final class EarlyDetection {
    private static final double[] SHARES = {0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1};

    /** Faults that act from the first steps on and leave a trace in what is recorded of them. */
    private static final Set<String> VISIBLE_EARLY = Set.of(
            "bug-frozen",
            "bug-optimizer-misses",
            "bug-sign",
            "dead-relu",
            "depth",
            "depth-relu",
            "double-softmax",
            "exploding-recurrence",
            "half-precision-overflow",
            "init-constant",
            "init-large",
            "init-small",
            "init-zero",
            "linear",
            "rate-high",
            "saturating");

    /** What a run that has only begun looks like. */
    private static final Set<Cause> NOT_BEFORE_THE_END = Set.of(
            Cause.NO_FAULT,
            Cause.TOO_FEW_EPOCHS,
            Cause.LEARNING_RATE_TOO_LOW,
            Cause.BATCH_TOO_LARGE,
            Cause.TOO_LITTLE_DATA);

    private EarlyDetection() {}

    /** One seed of each sick mutant of the test half. */
    static List<String> table(Path cache, List<Judged> runs) throws IOException {
        Doctor doctor = new Doctor(RuleBook.rules(), Map.of());
        Map<String, List<Double>> found = new TreeMap<>();
        for (Judged judged : runs) {
            Recorded run = judged.run();
            if (judged.isSick() && !run.isCalibration() && run.seed() == 1 && VISIBLE_EARLY.contains(run.mutation())) {
                found.computeIfAbsent(run.mutation(), m -> new ArrayList<>()).add(share(doctor, cache, run));
            }
        }
        List<String> out = new ArrayList<>();
        out.add("## How early: faults that are visible early, full recordings of the test half, seed 1");
        out.add("");
        out.add(
                "Recordings cut after 1, 2, 5, 10, 20, 35, 50, 75 and 100 % of the steps: the first at which a finding of medium or"
                        + " above is there or a cause is certain, those left out that a run which has only begun resembles (too few epochs, too low"
                        + " a rate, too large a batch, too little data); 1.00 where it is seen at the end or not at all.");
        out.add("");
        out.add("| fault | programs | median share of steps |");
        out.add("| --- | ---: | ---: |");
        List<Double> all = new ArrayList<>();
        found.forEach((fault, shares) -> {
            all.addAll(shares);
            out.add(String.format(Locale.ROOT, "| %s | %d | %.2f |", fault, shares.size(), median(shares)));
        });
        out.add(String.format(Locale.ROOT, "| all | %d | %.2f |", all.size(), median(all)));
        List<Double> well = new ArrayList<>();
        for (Judged judged : runs) {
            Recorded run = judged.run();
            boolean is = judged.kind() == Judged.Kind.HEALTHY;
            if (is && !run.isCalibration() && run.seed() == 1) {
                well.add(share(doctor, cache, run));
            }
        }
        out.add("");
        out.add(String.format(
                Locale.ROOT,
                "Of %d healthy runs cut in the same way %d are called sick before their end.",
                well.size(),
                well.stream().filter(s -> s < 1).count()));
        return out;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
    }

    private static double share(Doctor doctor, Path cache, Recorded recorded) throws IOException {
        RunBuilder builder = Run.builder(recorded.name());
        try {
            RecordingReader.read(cache.resolve(recorded.name()).resolve("recording"), builder);
        } catch (UnreadableLogException e) {
            return 1;
        }
        Run full = builder.build();
        long steps = Math.max(1, recorded.results().getOrDefault("steps", 1.0).longValue());
        for (double share : SHARES) {
            Run cut = cut(full, (long) Math.floor(share * steps));
            Diagnosis diagnosis = doctor.examine(cut);
            Differential differential = CauseModel.shipped().judge(new Examination(cut, Map.of()), diagnosis);
            boolean certain = differential.isCertain()
                    && !NOT_BEFORE_THE_END.contains(differential.first().cause());
            if (diagnosis.status() == Diagnosis.Status.SICK || certain) {
                return share;
            }
        }
        return 1;
    }

    /** What was known after so many steps. */
    private static Run cut(Run run, long steps) {
        RunBuilder cut = Run.builder(run.id()).format("recording");
        cut.settings().putAll(run.settings());
        run.graph().ifPresent(cut::graph);
        run.data().ifPresent(cut::data);
        run.probes().forEach(cut::probe);
        for (Series series : run.metrics()) {
            var to = cut.series(series.key());
            for (int i = 0; i < series.size() && series.step(i) < steps; i++) {
                to.add(series.step(i), series.epoch(i), series.wallTime(i), series.value(i));
            }
        }
        run.tensors().forEach(series -> {
            var to = cut.tensor(series.key());
            for (int i = 0; i < series.size() && series.step(i) < steps; i++) {
                to.add(series.step(i), series.wallTime(i), series.summary(i));
            }
        });
        return cut.build();
    }
}
