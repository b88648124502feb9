package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.app.report.Captured;
import dev.auscult.app.report.CheckedData;
import dev.auscult.app.report.DataHtmlReport;
import dev.auscult.app.report.DataJsonReport;
import dev.auscult.app.report.DataTextReport;
import dev.auscult.app.report.ExaminedRun;
import dev.auscult.app.report.Format;
import dev.auscult.app.report.Report;
import dev.auscult.app.report.ReportContext;
import dev.auscult.app.report.SarifReport;
import dev.auscult.data.DataSettings;
import dev.auscult.data.checkup.CheckupOptions;
import dev.auscult.data.checkup.CheckupOptions.Depth;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.data.checkup.Glimpse;
import dev.auscult.data.checkup.LabelSuspect;
import dev.auscult.data.checkup.MediaModel;
import dev.auscult.data.error.DataException;
import dev.auscult.data.repair.ChangeLog;
import dev.auscult.data.repair.Repair;
import dev.auscult.data.repair.RepairPlan.Treatment;
import dev.auscult.data.table.TableFiles;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.recording.RecordingFiles;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Nearest;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.fold.FoldedNetworks;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.spec.SpecSettings;
import dev.auscult.train.torch.TorchEngine;

/** One check-up of data: examines them, judges, reports, and writes what was asked for. */
final class DataJob {
    /** A page shows so many; the other forms name all. */
    private static final int MOST_SUSPECTS = 60;
    /** Pictures and sounds in a report take so many characters at most. */
    private static final int MOST_GLIMPSES = 4_000_000;
    /** Names of files that are compared with one that is not there. */
    private static final int MOST_BESIDE = 2_000;

    private final DataOptions options;
    private final Terminal terminal;
    private final Workplace workplace;
    private final boolean traces;
    private final PathNames names;

    DataJob(DataOptions options, Terminal terminal, Workplace workplace, boolean traces) {
        this.options = options;
        this.terminal = terminal;
        this.workplace = workplace;
        this.traces = traces;
        this.names = new PathNames(workplace.here());
    }

    /** Does it, and returns the exit code. */
    int run() throws IOException {
        return Guard.run(terminal, options.train(), () -> {
            Spec spec = spec();
            Path base = options.isSpec() ? folder(options.train()) : workplace.here();
            refuseWhatIsThere(spec.data());
            find(base.resolve(spec.data().train()).normalize(), spec.data().train());
            DataCheckup checkup = checkup(spec.data(), base);
            List<ExaminedRun> examined = new ArrayList<>();
            int code = report(spec, base, checkup, examined);
            if (!examined.isEmpty()) {
                write(spec, base, checkup, examined.get(0));
            }
            return code;
        });
    }

    private Spec spec() {
        if (options.isSpec()) {
            return SpecFile.read(options.train(), options.overrides());
        }
        String text = "data: {train: " + YamlFlow.of(options.train().toString()) + "}";
        String file = String.valueOf(options.train().getFileName());
        return SpecFile.parse("auscult data", text, file.replaceAll("\\.[^.]*$", ""), options.overrides());
    }

    /** Before anything takes long. */
    private void refuseWhatIsThere(DataSettings settings) {
        options.fix().ifPresent(file -> {
            if (!isTable(settings)) {
                throw new UsageException("found --fix for " + settings.train()
                        + "; only tables can be written anew: CSV, TSV, JSON lines or Parquet");
            }
            if (Files.exists(changes(file))) {
                throw new UsageException(changes(file) + " is there already and is not overwritten; give --fix another"
                        + " name, or remove it");
            }
            try {
                Repair.check(file);
            } catch (DataException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        });
        options.writeSpec().ifPresent(file -> {
            if (Files.exists(file)) {
                throw new UsageException(
                        file + " is there already and is not overwritten; give --write-spec another name");
            }
            if (options.isSpec() && !folder(file).equals(folder(options.train()))) {
                throw new UsageException("found --write-spec " + file + " in another folder than " + options.train()
                        + "; wanted a name beside it, since the paths in a spec are relative to it");
            }
        });
    }

    /** A file that is not there has a name beside it that was meant, as often as not. */
    private static void find(Path file, String name) throws IOException {
        Path parent = folder(file);
        if (Files.exists(file) || !Files.isDirectory(parent)) {
            return;
        }
        List<String> beside;
        try (Stream<Path> files = Files.list(parent)) {
            beside = files.limit(MOST_BESIDE)
                    .map(f -> String.valueOf(f.getFileName()))
                    .sorted()
                    .toList();
        }
        String meant = Nearest.hint(String.valueOf(file.getFileName()), beside);
        if (!meant.isEmpty()) {
            throw new DataException(name + " does not exist" + meant);
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNullElse(file.toAbsolutePath().normalize().getParent(), Path.of("/"));
    }

    private static boolean isTable(DataSettings settings) {
        return DataCheckup.isTable(settings);
    }

    private static Path changes(Path fixed) {
        return fixed.resolveSibling(fixed.getFileName() + ".changes.md");
    }

    private DataCheckup checkup(DataSettings settings, Path base) {
        CheckupOptions how = new CheckupOptions(
                options.quick() ? Depth.QUICK : Depth.FULL, options.seed(), options.probabilities(), networks());
        try (CheckupProgress progress = new CheckupProgress(terminal)) {
            return DataCheckup.of(settings, base, how, progress);
        }
    }

    /** Networks for pictures and sounds; libtorch is loaded only where there are some. */
    private Optional<MediaModel> networks() {
        if (options.quick() || options.probabilities().isPresent()) {
            return Optional.empty();
        }
        return Optional.of((settings, base, seed, progress) -> {
            progress.at("loading libtorch (the first time it is unpacked)", Double.NaN);
            try (Engine engine = TorchEngine.open("auto", 1)) {
                return new FoldedNetworks(engine).probabilities(settings, base, seed, progress);
            }
        });
    }

    private int report(Spec spec, Path base, DataCheckup checkup, List<ExaminedRun> examined) throws IOException {
        Run run = run(spec, base, checkup.profile());
        DiagnoseOptions asked = new DiagnoseOptions(
                List.of(options.train()),
                Format.of(options.format()).orElse(Format.TEXT),
                options.output(),
                options.rules(),
                options.thresholds(),
                options.failOn(),
                options.baseline(),
                ReadOptions.DEFAULT,
                options.verbose(),
                Optional.empty(),
                TrainOptions.Engine.USUAL);
        Workplace looked = new Workplace(
                workplace.here(),
                workplace.book(),
                (reading, paths, consumer) -> consumer.accept(new Intake.Found(options.train(), 1, run, "")));
        CheckedData data = data(checkup);
        return new DiagnoseJob(
                        asked,
                        terminal,
                        looked,
                        traces,
                        context -> new Captured(open(context, data, spec.data(), base, checkup), examined))
                .run();
    }

    private Report open(
            ReportContext context, CheckedData data, DataSettings settings, Path base, DataCheckup checkup) {
        return switch (options.format()) {
            case "json" -> new DataJsonReport(context, data);
            case "html" -> new DataHtmlReport(context, data);
            case "markdown" -> Format.MARKDOWN.open(context);
            case "sarif" -> new SarifReport(context, new RowLines(settings, base, checkup.profile(), names));
            default -> new DataTextReport(context, data);
        };
    }

    private CheckedData data(DataCheckup checkup) {
        boolean drawn = options.format().equals("html");
        List<CheckedData.Suspect> suspects = new ArrayList<>();
        int room = MOST_GLIMPSES;
        for (LabelSuspect label : checkup.suspects()) {
            if (drawn && suspects.size() == MOST_SUSPECTS) {
                break;
            }
            Optional<Glimpse> glimpse = drawn ? checkup.glimpse(label) : Optional.empty();
            int size = glimpse.map(g -> g.base64().length()).orElse(0);
            room -= size;
            suspects.add(new CheckedData.Suspect(label, room < 0 ? Optional.empty() : glimpse));
        }
        return new CheckedData(
                checkup.profile(),
                checkup.story(),
                checkup.distributions(),
                suspects,
                checkup.suspects().size());
    }

    /** A run without a step, of which the data are all that is known. */
    private Run run(Spec spec, Path base, DataProfile profile) {
        RunBuilder builder = Run.builder(spec.name())
                .format(profile.kind())
                .framework("auscult")
                .version("auscult", Version.text())
                .data(profile);
        for (DataProfile.Part part : profile.parts()) {
            builder.file(base.resolve(part.source()).normalize().toString());
        }
        if (options.isSpec()) {
            builder.settings().putAll(SpecSettings.of(spec));
        }
        return builder.build();
    }

    private void write(Spec spec, Path base, DataCheckup checkup, ExaminedRun run) throws IOException {
        if (options.save().isPresent()) {
            Path file = options.save().get();
            try {
                RecordingFiles.profile(file, checkup.profile());
            } catch (IOException e) {
                throw new UsageException("cannot write to " + file
                        + "; give --save a file in a folder that exists and may be written to");
            }
        }
        if (options.writeSpec().isPresent()) {
            Path file = options.writeSpec().get();
            writeSpec(
                    file,
                    options.isSpec()
                            ? new MendedSpec(options.train(), spec, run).yaml(options.overrides())
                            : new DraftSpec(spec, base, checkup, run).yaml(file));
        }
        if (options.fix().isPresent()) {
            fix(options.fix().get(), spec.data(), base, checkup, run);
        }
    }

    private void writeSpec(Path file, String yaml) throws IOException {
        try (OutputFile out = OutputFile.open(file)) {
            out.writer().write(yaml);
            out.commit();
        }
        terminal.tell("wrote " + names.show(file) + "; train with: auscult train " + names.show(file));
    }

    private void fix(Path file, DataSettings settings, Path base, DataCheckup checkup, ExaminedRun run)
            throws IOException {
        Path train = base.resolve(settings.train()).normalize();
        Cure cure = new Cure(checkup, run, options.suspects());
        ChangeLog log;
        try (CheckupProgress progress = new CheckupProgress(terminal)) {
            log = Repair.write(
                    TableFiles.open(train, settings.format(), settings.separator(), settings.header()),
                    names.show(train),
                    file,
                    cure.plan(),
                    progress);
        }
        Files.writeString(changes(file), log.markdown());
        long cells = log.changes().stream()
                .filter(c -> !c.column().isEmpty())
                .mapToLong(c -> c.count())
                .sum();
        terminal.tell(String.format(
                Locale.ROOT,
                "wrote %s: %,d of %,d rows, %,d cells changed; what was done is in %s",
                names.show(file),
                log.rowsAfter(),
                log.rowsBefore(),
                cells,
                names.show(changes(file))));
        if (options.suspects() != Treatment.KEEP && !cure.doubtsLabels()) {
            terminal.tell("no row was treated by --suspects: the rule label-errors found nothing"
                    + (options.quick() ? ", as --quick leaves it out" : ""));
        }
    }
}
