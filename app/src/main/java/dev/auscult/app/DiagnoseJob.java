package dev.auscult.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.auscult.app.report.ExaminedRun;
import dev.auscult.app.report.Format;
import dev.auscult.app.report.Report;
import dev.auscult.app.report.ReportContext;
import dev.auscult.app.report.Sketch;
import dev.auscult.app.report.Style;
import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.intake.Intake;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.run.ReadProblem;
import dev.auscult.run.Run;
import dev.auscult.train.spec.SpecFile;
import tools.jackson.core.JacksonException;

/** One diagnosis of files and folders: reads run by run, judges, reports, and keeps no run longer than that. */
final class DiagnoseJob {
    /** What a line of the text report holds besides the curve. */
    private static final int BESIDE_CURVE = 40;

    private static final int NARROWEST_CURVE = 16;
    private static final int WIDEST_CURVE = 72;

    private final DiagnoseOptions options;
    private final Terminal terminal;
    private final Workplace.Source source;
    private final PathNames names;
    private final Doctor doctor;
    private final Doctor witness;
    private final Optional<Baseline> baseline;
    private final int curveColumns;
    private final Faults faults = new Faults();
    private final boolean traces;
    private final ReportMaker reports;
    private int read;
    private boolean refusedGiven;
    private boolean failed;
    private boolean experimented;

    /** What makes the report. */
    @FunctionalInterface
    interface ReportMaker {
        Report open(ReportContext context);
    }

    DiagnoseJob(DiagnoseOptions options, Terminal terminal, Workplace workplace, boolean traces) {
        this(options, terminal, workplace, traces, options.format()::open);
    }

    /** The same with a report of its own. */
    DiagnoseJob(DiagnoseOptions options, Terminal terminal, Workplace workplace, boolean traces, ReportMaker reports) {
        this.traces = traces;
        this.reports = reports;
        this.options = options;
        this.terminal = terminal;
        this.source = workplace.source();
        this.names = new PathNames(workplace.here());
        this.doctor = new Doctor(options.rules(), options.thresholds());
        // A rule in preview, or one left out, raises no alarm; what it sees tells causes apart all the same: the
        // network
        // was learned with all of them.
        this.witness = new Doctor(workplace.book(), options.thresholds());
        this.baseline = options.baseline().map(Baseline::open);
        this.curveColumns = options.format() == Format.TEXT
                ? Math.max(
                        NARROWEST_CURVE, Math.min(WIDEST_CURVE, terminal.style().width() - BESIDE_CURVE))
                : 1;
    }

    /** Does it, and returns the exit code. */
    int run() throws IOException {
        if (options.experiment().isPresent()) {
            // A spec that cannot be trained is said before anything is read.
            Path spec = options.experiment().get();
            int code = Guard.run(terminal, spec, () -> {
                SpecFile.read(spec, List.of());
                return ExitCode.OK;
            });
            if (code != ExitCode.OK) {
                return code;
            }
        }
        return diagnosed();
    }

    private int diagnosed() throws IOException {
        List<Path> there = new ArrayList<>();
        List<ExaminedRun> absent = new ArrayList<>();
        for (Path path : options.runs()) {
            String reason = unusable(path);
            if (reason.isEmpty()) {
                there.add(path);
            } else {
                refusedGiven = true;
                absent.add(refused(path, reason));
            }
        }
        if (options.output().isEmpty()) {
            report(terminal.out(), terminal.style(), there, absent);
        } else {
            try (OutputFile file = OutputFile.open(options.output().get())) {
                report(file.writer(), new Style(false, true, terminal.style().width()), there, absent);
                file.commit();
            }
        }
        terminal.flush();
        if (baseline.isPresent()) {
            saveBaseline(baseline.get());
        }
        faults.tell(terminal, traces);
        return exitCode();
    }

    private void saveBaseline(Baseline file) {
        String said;
        try {
            said = file.save();
        } catch (IOException e) {
            throw new UsageException("cannot write baseline "
                    + options.baseline().map(Path::toString).orElse("")
                    + "; give --baseline a file in a folder that exists and may be written to");
        }
        if (!said.isEmpty()) {
            terminal.warn(said);
        }
    }

    private void report(Writer out, Style style, List<Path> there, List<ExaminedRun> absent) throws IOException {
        boolean comparing = baseline.isPresent() && !baseline.get().isNew();
        Report report = reports.open(new ReportContext(
                out,
                style,
                Version.text(),
                options.rules().stream().map(Rule::info).toList(),
                comparing,
                f -> counts(f, options.failOn().orElse(Severity.MEDIUM)),
                options.verbose()));
        for (ExaminedRun run : absent) {
            // The text report says it itself.
            if (options.format() != Format.TEXT || options.output().isPresent()) {
                terminal.warn(run.path() + ": " + run.refusal());
            }
            report.add(run);
        }
        try (Progress progress = new Progress(terminal, there)) {
            source.read(options.reading(), there, found -> {
                add(report, examined(found));
                progress.reached(found.path(), read);
            });
        } catch (UncheckedIOException | JacksonException e) {
            // Nowhere to write to: nothing can be finished.
            throw e;
        } catch (RuntimeException e) {
            faults.note("while it read", e);
        }
        if (read == 0 && !refusedGiven) {
            terminal.warn("found no log of a training run in "
                    + String.join(", ", there.stream().map(names::show).toList())
                    + "; give the folder or file that your training program wrote");
        }
        report.finish();
    }

    private void add(Report report, ExaminedRun run) {
        try {
            report.add(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException | JacksonException e) {
            throw e;
        } catch (RuntimeException e) {
            faults.note("while it reported a run", e);
        }
    }

    private static String unusable(Path path) {
        if (!Files.exists(path)) {
            return "there is no such file or folder; check the path";
        }
        if (!Files.isReadable(path) || (Files.isDirectory(path) && !Files.isExecutable(path))) {
            return "may not be read; change its permissions or run as a user who may";
        }
        return "";
    }

    /** A fault in one run must not take the others with it. */
    private ExaminedRun examined(Intake.Found found) {
        try {
            return examine(found);
        } catch (RuntimeException e) {
            faults.note("while it examined a run", e);
            return refused(found.path(), "a fault of Auscult while it examined this run (" + Faults.name(e) + ")");
        }
    }

    private ExaminedRun examine(Intake.Found found) {
        if (found.isRefused()) {
            for (Path given : options.runs()) {
                refusedGiven |= given.toAbsolutePath()
                        .normalize()
                        .equals(found.path().toAbsolutePath().normalize());
            }
            return refused(found.path(), found.refusal());
        }
        read++;
        Diagnosis diagnosis = doctor.examine(found.run());
        diagnosis
                .faults()
                .forEach(f -> faults.note(
                        "in rule " + f.rule().code() + " " + f.rule().name(), f.cause()));
        Optional<Differential> known = differential(found.run(), diagnosis);
        List<ExperimentResult> experiments = diagnosis.status() == Diagnosis.Status.SICK
                        && known.isPresent()
                        && options.experiment().isPresent()
                ? experimentOn(found.path(), known.get())
                : List.of();
        if (!experiments.isEmpty()) {
            known = Optional.of(experiments.get(experiments.size() - 1).after());
        }
        Set<Finding> accepted = baseline.map(b -> b.accept(found.path(), found.part(), diagnosis, options.rules()))
                .orElse(Set.of());
        List<ExaminedRun.Reported> findings = new ArrayList<>();
        int group = 0;
        for (Diagnosis.Group one : diagnosis.groups()) {
            group++;
            for (Finding finding : one.findings()) {
                ExaminedRun.Reported reported = new ExaminedRun.Reported(finding, group, accepted.contains(finding));
                findings.add(reported);
                failed |= options.failOn().map(s -> counts(reported, s)).orElse(false);
            }
        }
        return new ExaminedRun(
                names.show(found.path()),
                found.part(),
                found.run().provenance().files().stream().map(this::show).toList(),
                found.run().provenance().format(),
                diagnosis.status(),
                found.run().lastStep(),
                found.run().points(),
                findings,
                diagnosis.unable(),
                found.run().problems().stream()
                        .map(p -> new ReadProblem(show(p.file()), p.line(), p.problem()))
                        .toList(),
                "",
                Sketch.of(found.run(), curveColumns),
                known,
                experiments);
    }

    /** The causes of what was found; a recording without a single point, as of data alone, has none to speak of. */
    private Optional<Differential> differential(Run run, Diagnosis diagnosis) {
        if (run.points() == 0 || diagnosis.status() == Diagnosis.Status.UNABLE) {
            return Optional.empty();
        }
        boolean sick = diagnosis.status() == Diagnosis.Status.SICK;
        Differential all = CauseModel.shipped()
                .judge(new Examination(run, options.thresholds()), sick ? witness.examine(run) : diagnosis);
        return Optional.of(sick ? explaining(all, diagnosis) : all);
    }

    /** The same causes, which explain only what the report shows. */
    private static Differential explaining(Differential all, Diagnosis shown) {
        Set<String> codes = shown.findings().stream().map(f -> f.rule().code()).collect(Collectors.toSet());
        List<Suspect> suspects = all.suspects().stream()
                .map(s -> new Suspect(
                        s.cause(),
                        s.probability(),
                        s.explains().stream().filter(codes::contains).toList(),
                        s.supports(),
                        s.against()))
                .toList();
        return new Differential(all.signals(), suspects, all.tellsApart());
    }

    /** Experiments on the first sick run; a spec belongs to one run. */
    private List<ExperimentResult> experimentOn(Path run, Differential known) {
        if (experimented) {
            terminal.warn("--experiment is about one run; none was made for " + names.show(run));
            return List.of();
        }
        experimented = true;
        return new ExperimentJob(options.experiment().get(), options.engine(), terminal).run(known);
    }

    /** Whether a finding fails the runs: it is severe enough, and new where a baseline tells what is not. */
    private boolean counts(ExaminedRun.Reported reported, Severity least) {
        return !reported.accepted()
                && !baseline.map(Baseline::isNew).orElse(false)
                && reported.finding().severity().isAtLeast(least);
    }

    private String show(String file) {
        try {
            return file.isEmpty() ? file : names.show(Path.of(file));
        } catch (InvalidPathException e) {
            return file;
        }
    }

    private ExaminedRun refused(Path path, String reason) {
        return new ExaminedRun(
                names.show(path),
                1,
                List.of(names.show(path)),
                "",
                Diagnosis.Status.UNABLE,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                reason,
                Sketch.NONE,
                Optional.empty(),
                List.of());
    }

    private int exitCode() {
        if (!faults.isEmpty()) {
            return ExitCode.INTERNAL;
        }
        if (refusedGiven || read == 0) {
            return ExitCode.UNREADABLE;
        }
        return failed ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
