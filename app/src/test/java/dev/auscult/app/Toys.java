package dev.auscult.app;

import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.app.report.Style;
import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.intake.Intake;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;

/** Rules and runs that only the tests of the command line know. */
final class Toys {
    static final Threshold RISE = new Threshold("rise", 0.2, "ratio", "a rise above it is a fault");

    static final Rule OVERFITTING = new ToyRule(RuleInfo.stable("FIT901", "toy-overfitting"), true) {
        @Override
        Verdict judge(Examination examination) {
            Curve curve = examination.validationLoss().orElseThrow();
            double rise = curve.last() / curve.min() - 1;
            if (rise <= examination.threshold(this, RISE)) {
                return Verdict.CLEAR;
            }
            Where where = Where.series(
                    List.of("validation/loss", "train/loss"), curve.step(curve.argMin()), curve.lastStep());
            return Verdict.found(new Finding(
                    info(),
                    80,
                    "validation loss rose by " + Math.round(100 * rise)
                            + " % <after> its best point, step 50 %, \"a|b\"",
                    where,
                    new Evidence("rise", rise, "", "last / min - 1", List.of(Evidence.of("x", Double.NaN, "")))));
        }
    };

    static final Rule COLLAPSE = new ToyRule(RuleInfo.stable("EVL902", "toy-collapse"), true) {
        @Override
        Verdict judge(Examination examination) {
            Curve curve = examination.validationLoss().orElseThrow();
            return curve.last() < 1
                    ? Verdict.CLEAR
                    : Verdict.found(new Finding(
                            info(),
                            50,
                            "the last validation loss is " + curve.last(),
                            Where.series("validation/loss", curve.lastStep(), curve.lastStep()),
                            Evidence.of("last", curve.last(), "")));
        }
    };

    static final Rule REMARK = new ToyRule(RuleInfo.stable("LOG903", "toy-remark"), false) {
        @Override
        Verdict judge(Examination examination) {
            return Verdict.found(new Finding(
                    info(), 5, "this is a remark", Where.series("train/loss", 0, 9), Evidence.of("one", 1, "")));
        }
    };

    static final Rule PREVIEW = new ToyRule(RuleInfo.preview("NUM904", "toy-preview"), false) {
        @Override
        Verdict judge(Examination examination) {
            return Verdict.found(new Finding(
                    info(),
                    95,
                    "the preview rule ran",
                    Where.series("train/loss", 0, 9),
                    Evidence.of("one", Double.POSITIVE_INFINITY, "")));
        }
    };

    /** A rule with a fault of its own, which strikes where the run has validation data. */
    static final Rule FAULTY = new ToyRule(RuleInfo.stable("NUM905", "toy-fault"), true) {
        @Override
        Verdict judge(Examination examination) {
            throw new IllegalStateException("a \u001b fault\nof a rule");
        }
    };

    static final List<Rule> BOOK = List.of(OVERFITTING, COLLAPSE, REMARK, PREVIEW);

    private final Map<Path, Run> runs = new LinkedHashMap<>();
    private final Map<Path, String> refusals = new LinkedHashMap<>();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final Path here;
    private List<Rule> book = BOOK;
    private Style style = Style.PLAIN;
    private String readingFault = "";

    Toys(Path here) {
        this.here = here;
    }

    /** A run with a falling training loss and this validation loss. */
    Toys run(String name, double... validation) {
        return run(name, List.of(name), validation);
    }

    /** The same with the files that it was read from. */
    Toys run(String name, List<String> files, double... validation) {
        RunBuilder run = Run.builder(name).format("toy-csv");
        files.forEach(file -> run.file(here.resolve(file).toString()));
        for (int i = 0; i < Math.max(10, validation.length); i++) {
            run.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss")).add(i, 1.0 / (i + 1));
        }
        for (int i = 0; i < validation.length; i++) {
            run.series(MetricKey.of(Split.VALIDATION, Quantity.LOSS, "val_loss"))
                    .add(i, validation[i]);
        }
        run.problem(here.resolve(name).toString(), 3, "found a torn line, which was left out");
        runs.put(here.resolve(name), run.build());
        return this;
    }

    /** Prints for a terminal that can show this. */
    Toys style(Style shown) {
        style = shown;
        return this;
    }

    /** Works with these rules from now on. */
    Toys rules(List<Rule> rules) {
        book = rules;
        return this;
    }

    /** Reading fails after the last run by a fault of the reader. */
    Toys readingFault(String message) {
        readingFault = message;
        return this;
    }

    Toys refused(String name, String why) {
        refusals.put(here.resolve(name), why);
        return this;
    }

    /** Runs a command line in the toys' folder. */
    int auscult(String... args) {
        return auscult(out, args);
    }

    int auscult(Writer to, String... args) {
        Terminal terminal = new Terminal(to, err, false, false, style);
        return new CommandLineTool(terminal, new Workplace(here, book, (options, paths, consumer) -> {
                    runs.forEach((path, run) -> consumer.accept(new Intake.Found(path, 1, run, "")));
                    refusals.forEach((path, why) -> consumer.accept(
                            new Intake.Found(path, 1, Run.builder("none").build(), why)));
                    if (!readingFault.isEmpty()) {
                        throw new IllegalStateException(readingFault);
                    }
                }))
                .run(args);
    }

    private abstract static class ToyRule implements Rule {
        private final RuleInfo info;
        private final boolean needsValidation;

        ToyRule(RuleInfo info, boolean needsValidation) {
            this.info = info;
            this.needsValidation = needsValidation;
        }

        @Override
        public RuleInfo info() {
            return info;
        }

        @Override
        public List<Need> needs() {
            return needsValidation ? List.of(Need.VALIDATION_LOSS) : List.of();
        }

        @Override
        public List<Threshold> thresholds() {
            return needsValidation ? List.of(RISE) : List.of();
        }

        @Override
        public Verdict examine(Examination examination) {
            return judge(examination);
        }

        abstract Verdict judge(Examination examination);
    }
}
