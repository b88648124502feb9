package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;

/** Trains with each published mistake, records it, and prints the diagnosis: {@code PublishedMistakes FOLDER}. */
public final class PublishedMistakes {
    private static final int SHOWN = 3;

    private PublishedMistakes() {}

    public static void main(String[] args) throws IOException, UnreadableLogException {
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            for (Mistake mistake : Mistake.values()) {
                Verdict verdict = judge(mistake, engine, Path.of(args[0]).resolve(mistake.label()));
                System.out.print(verdict.text());
            }
        }
    }

    /**
     * What is said of a mistake.
     *
     * @param mistake which
     * @param diagnosis what the rules say
     * @param differential what the causes are
     */
    record Verdict(Mistake mistake, Diagnosis diagnosis, Differential differential) {
        /** Whether a finding is at least medium, or a right cause is among the first three, before no-fault. */
        boolean isCaught() {
            return !serious().isEmpty() || isNamed();
        }

        List<Finding> serious() {
            return diagnosis.findings().stream()
                    .filter(f -> f.severity().isAtLeast(Severity.MEDIUM))
                    .toList();
        }

        boolean isNamed() {
            return differential.first().cause() != Cause.NO_FAULT
                    && differential.suspects().stream()
                            .limit(SHOWN)
                            .anyMatch(s -> mistake.causes().contains(s.cause()));
        }

        String text() {
            StringBuilder text = new StringBuilder();
            text.append(mistake.label())
                    .append(": ")
                    .append(mistake.text())
                    .append('\n')
                    .append(isCaught() ? "  caught" : "  missed")
                    .append(isNamed() ? ", cause named" : "")
                    .append('\n');
            for (Finding finding : diagnosis.findings()) {
                text.append("  ")
                        .append(finding.severity().name().toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(finding.rule().code())
                        .append(' ')
                        .append(finding.rule().name())
                        .append(": ")
                        .append(finding.summary())
                        .append('\n');
            }
            for (Suspect suspect : differential.suspects().stream().limit(SHOWN).toList()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %3.0f %% %s%n",
                        100 * suspect.probability(),
                        suspect.cause().label()));
            }
            return text.append('\n').toString();
        }
    }

    /** Trains with a mistake in a folder and judges the recording. */
    static Verdict judge(Mistake mistake, Engine engine, Path folder) throws IOException, UnreadableLogException {
        return judge(mistake, mistake.bug(), engine, folder);
    }

    /** Trains the program of a mistake in a folder, with a bug of the loop or none, and judges the recording. */
    static Verdict judge(Mistake mistake, Bug bug, Engine engine, Path folder)
            throws IOException, UnreadableLogException {
        Path recording = folder.resolve("recording");
        Folders.clear(recording);
        Files.createDirectories(recording);
        Rows rows = mistake.rows();
        int held = rows.rows().size() / 4;
        int trained = rows.rows().size() - held;
        rows.with(rows.rows().subList(0, trained)).write(folder.resolve("train.csv"));
        rows.with(rows.rows().subList(trained, rows.rows().size())).write(folder.resolve("validation.csv"));
        Spec spec = SpecFile.parse(mistake.label() + ".yaml", mistake.spec(), mistake.label(), List.of());
        try (Setup setup = Setup.open(spec, folder, engine, s -> {})) {
            new Loop(setup, bug).run(recording);
        }
        RunBuilder builder = Run.builder(mistake.label());
        RecordingReader.read(recording, builder);
        Run run = builder.build();
        Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run);
        return new Verdict(mistake, diagnosis, CauseModel.shipped().judge(new Examination(run, Map.of()), diagnosis));
    }
}
