package dev.auscult.repair.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.data.DataSettings;
import dev.auscult.data.checkup.CheckupOptions;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.data.error.DataException;
import dev.auscult.data.profile.Progress;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecSettings;

/**
 * What the rules on data themselves propose, after a check-up of the table: only they know which columns leak.
 *
 * @param codes of the rules: {@code DAT204}
 */
record FindingEdits(List<String> codes) implements Edits {
    /** A check-up trains small models; on larger files it would take minutes, and is left to {@code auscult data}. */
    private static final long LARGEST_FILE = 32L << 20;

    /** Check-ups that are kept: several treatments ask for that of one table, one after the other. */
    private static final int MOST_KEPT = 4;

    /** By what was checked, the oldest first. */
    private static final Map<CheckedUp, DataProfile> KEPT = new LinkedHashMap<>();

    /** What a check-up depends on; another size or time of the file is another file. */
    private record CheckedUp(DataSettings settings, Path file, long bytes, FileTime modified, long seed) {}

    static Edits of(String... codes) {
        return new FindingEdits(List.of(codes));
    }

    @Override
    public List<Change> of(Patient patient) {
        Changes changes = new Changes();
        for (Finding finding : findings(patient)) {
            finding.remedies().stream()
                    .filter(r -> !r.edits().isEmpty())
                    .findFirst()
                    .map(Remedy::edits)
                    .ifPresent(edits -> edits.forEach(e -> changes.set(
                            e.key(),
                            e.value(),
                            finding.rule().code() + " " + finding.rule().name())));
        }
        return changes.list();
    }

    private List<Finding> findings(Patient patient) {
        DataSettings settings = patient.spec().data();
        if (!DataCheckup.accepts(settings)
                || !DataCheckup.isTable(settings)
                || !isSmall(patient.base().resolve(settings.train()))) {
            return List.of();
        }
        try {
            RunBuilder builder = Run.builder(patient.spec().name()).data(profile(patient));
            builder.settings().putAll(SpecSettings.of(patient.spec()));
            Run run = builder.build();
            List<Rule> rules = RuleBook.rules().stream()
                    .filter(r -> codes.contains(r.info().code()))
                    .toList();
            return new Doctor(rules, Map.of()).examine(run).findings();
        } catch (DataException | IOException e) {
            // Training says it with its reason; here nothing is known of the columns.
            return List.of();
        }
    }

    private static DataProfile profile(Patient patient) throws IOException {
        DataSettings settings = patient.spec().data();
        Path file = patient.base().resolve(settings.train()).toAbsolutePath();
        CheckedUp checked = new CheckedUp(
                settings,
                file,
                Files.size(file),
                Files.getLastModifiedTime(file),
                patient.spec().seed());
        synchronized (KEPT) {
            DataProfile kept = KEPT.get(checked);
            if (kept == null) {
                CheckupOptions options = new CheckupOptions(
                        CheckupOptions.Depth.PARTS, patient.spec().seed(), Optional.empty(), Optional.empty());
                kept = DataCheckup.of(settings, patient.base(), options, Progress.SILENT)
                        .profile();
                KEPT.put(checked, kept);
                if (KEPT.size() > MOST_KEPT) {
                    KEPT.remove(KEPT.keySet().iterator().next());
                }
            }
            return kept;
        }
    }

    private static boolean isSmall(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE;
        } catch (IOException e) {
            return false;
        }
    }
}
