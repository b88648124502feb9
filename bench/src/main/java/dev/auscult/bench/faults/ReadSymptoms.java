package dev.auscult.bench.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.cause.Symptoms;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;

/**
 * Judges the recorded runs of the fault bench and adds what each shows to a table: {@code ReadSymptoms CACHE TABLE [PART/PARTS]}.
 *
 * <p>A line holds run, causes, half, view, the worst score of a finding, and the symptoms, {@code +name} or {@code -name}.
 * Runs that the table holds already are left out, so that it can be filled while runs are still being recorded; it has to be
 * deleted when symptoms change. With parts, several processes fill a table each, {@code TABLE.PART}.
 */
public final class ReadSymptoms {
    private ReadSymptoms() {}

    public static void main(String[] args) throws IOException {
        Path cache = Path.of(args[0]);
        int parts = args.length > 2 ? Integer.parseInt(args[2].split("/", -1)[1]) : 1;
        int part = args.length > 2 ? Integer.parseInt(args[2].split("/", -1)[0]) : 0;
        Path table = Path.of(parts == 1 ? args[1] : args[1] + "." + part);
        Set<String> done = new HashSet<>();
        if (Files.exists(table)) {
            try (Stream<String> lines = Files.lines(table)) {
                lines.filter(l -> l.contains("\t" + View.FULL + "\t"))
                        .forEach(l -> done.add(l.substring(0, l.indexOf('\t'))));
            }
        }
        Doctor doctor = new Doctor(RuleBook.rules(), Map.of());
        try (BufferedWriter out = Files.newBufferedWriter(
                table, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Recorded recorded : Recorded.all(cache)) {
                if (Math.floorMod(recorded.name().hashCode(), parts) == part && !done.contains(recorded.name())) {
                    out.write(lines(doctor, cache, recorded));
                }
            }
        }
    }

    private static String lines(Doctor doctor, Path cache, Recorded recorded) throws IOException {
        RunBuilder builder = Run.builder(recorded.name());
        try {
            RecordingReader.read(cache.resolve(recorded.name()).resolve("recording"), builder);
        } catch (UnreadableLogException e) {
            return "";
        }
        Run full = builder.build();
        StringBuilder lines = new StringBuilder();
        for (View view : List.of(View.CURVES, View.HISTOGRAMS, View.FULL)) {
            Run run = view.of(full);
            Diagnosis diagnosis = doctor.examine(run);
            int worst =
                    diagnosis.findings().stream().mapToInt(f -> f.score()).max().orElse(0);
            lines.append(recorded.name()).append('\t').append(recorded.causes()).append('\t');
            lines.append(recorded.half())
                    .append('\t')
                    .append(view)
                    .append('\t')
                    .append(worst)
                    .append('\t');
            StringBuilder shown = new StringBuilder();
            Symptoms.of(new Examination(run, Map.of()), diagnosis)
                    .shown()
                    .forEach((name, is) -> shown.append(is ? " +" : " -").append(name));
            lines.append(shown.toString().strip()).append('\n');
        }
        return lines.toString();
    }
}
