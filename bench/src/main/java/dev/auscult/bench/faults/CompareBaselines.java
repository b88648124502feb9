package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import dev.auscult.bench.faults.FixedThresholds.Check;
import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;

/**
 * Judges the recorded runs of the fault bench by published fixed thresholds and by Auscult, and writes a Markdown table:
 * {@code CompareBaselines CACHE OUT.md [all]}.
 *
 * <p>The half that is measured, unless {@code all} is said. A tool has detected a sick run if any of its checks fires; its
 * first cause is right if any of the causes that its first check takes for most likely is among the right answers.
 */
public final class CompareBaselines {
    private static final String OWN = "Auscult";
    private static final String ANY = "any of the five tools";

    private final Map<String, Tally> tools = new LinkedHashMap<>();
    private final Map<String, Tally> checks = new LinkedHashMap<>();

    private CompareBaselines() {}

    public static void main(String[] args) throws IOException {
        Path cache = Path.of(args[0]);
        boolean all = args.length > 2 && args[2].equals("all");
        List<Recorded> every = Recorded.all(cache);
        Map<String, KillTest.Result> tests = KillTest.of(every);
        CompareBaselines table = new CompareBaselines();
        int judged = 0;
        for (Recorded recorded : every) {
            boolean counts = isWell(recorded) || hurts(tests, recorded);
            if ((all || !recorded.isCalibration()) && counts && table.judge(cache, recorded)) {
                judged++;
            }
        }
        String text = table.markdown(judged);
        Files.writeString(Path.of(args[1]), text);
        System.out.print(text);
    }

    private static boolean hurts(Map<String, KillTest.Result> tests, Recorded recorded) {
        KillTest.Result test = tests.get(recorded.group());
        return test != null && test.hurts();
    }

    /** Hits and alarms of one row. */
    private static final class Tally {
        private int sick;
        private int detected;
        private int named;
        private int healthy;
        private int healthyAlarms;
        private int odd;
        private int oddAlarms;

        void count(Recorded run, boolean alarm, boolean right) {
            if (run.mutation().equals("healthy")) {
                healthy++;
                healthyAlarms += alarm ? 1 : 0;
            } else if (isWell(run)) {
                odd++;
                oddAlarms += alarm ? 1 : 0;
            } else {
                sick++;
                detected += alarm ? 1 : 0;
                named += right ? 1 : 0;
            }
        }

        String row(String name) {
            return "| " + name + " | " + share(detected, sick) + " | " + share(healthyAlarms, healthy) + " | "
                    + share(oddAlarms, odd) + " | " + share(named, sick) + " |\n";
        }

        private static String share(int part, int whole) {
            return whole == 0 ? "–" : String.format(Locale.ROOT, "%.3f", part / (double) whole);
        }
    }

    private boolean judge(Path cache, Recorded recorded) throws IOException {
        RunBuilder builder = Run.builder(recorded.name());
        try {
            RecordingReader.read(cache.resolve(recorded.name()).resolve("recording"), builder);
        } catch (UnreadableLogException e) {
            System.err.println(recorded.name() + ": " + e.getMessage());
            return false;
        }
        Run run = builder.build();
        List<Check> firing = FixedThresholds.firing(new Readings(run));
        for (Check check : FixedThresholds.CHECKS) {
            boolean fires = firing.contains(check);
            checks.computeIfAbsent(check.tool() + " | " + check.symptom(), c -> new Tally())
                    .count(recorded, fires, fires && isRight(recorded, check));
        }
        for (String tool : FixedThresholds.tools()) {
            Optional<Check> first =
                    firing.stream().filter(c -> c.tool().equals(tool)).findFirst();
            tools.computeIfAbsent(tool, t -> new Tally())
                    .count(
                            recorded,
                            first.isPresent(),
                            first.filter(c -> isRight(recorded, c)).isPresent());
        }
        tools.computeIfAbsent(ANY, t -> new Tally())
                .count(
                        recorded,
                        !firing.isEmpty(),
                        firing.stream()
                                .findFirst()
                                .filter(c -> isRight(recorded, c))
                                .isPresent());
        own(recorded, run);
        return true;
    }

    private static boolean isRight(Recorded recorded, Check check) {
        return check.names().stream().anyMatch(c -> isRight(recorded, c));
    }

    private static boolean isRight(Recorded recorded, Cause cause) {
        return List.of(recorded.causes().split(" ", -1)).contains(cause.label());
    }

    private static boolean isWell(Recorded recorded) {
        return recorded.causes().isEmpty();
    }

    private void own(Recorded recorded, Run run) {
        Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run);
        List<Suspect> suspects = CauseModel.shipped()
                .judge(new Examination(run, Map.of()), diagnosis)
                .suspects();
        boolean alarm = diagnosis.status() == Diagnosis.Status.SICK;
        Suspect first = suspects.get(0);
        tools.computeIfAbsent(OWN + ", a finding of medium or above", t -> new Tally())
                .count(recorded, alarm, first.cause() != Cause.NO_FAULT && isRight(recorded, first.cause()));
        tools.computeIfAbsent(OWN + ", a cause before no-fault", t -> new Tally())
                .count(recorded, first.cause() != Cause.NO_FAULT, isRight(recorded, first.cause()));
    }

    private String markdown(int judged) {
        Tally any = tools.getOrDefault(ANY, new Tally());
        StringBuilder text = new StringBuilder();
        text.append(judged)
                .append(" runs with everything recorded: ")
                .append(any.sick)
                .append(" sick (mutants that hurt), ")
                .append(any.healthy)
                .append(" healthy, ")
                .append(any.odd)
                .append(" healthy that look odd. First cause right: of all the sick.\n\n");
        text.append("| judge | sick detected | healthy alarmed | odd alarmed | first cause right |\n");
        text.append("|---|---|---|---|---|\n");
        tools.forEach((name, tally) -> text.append(tally.row(name)));
        text.append("\n| tool | check | fires on sick | on healthy | on odd | names the cause, of all the sick |\n");
        text.append("|---|---|---|---|---|---|\n");
        List<String> names = new ArrayList<>(new TreeSet<>(checks.keySet()));
        for (String name : names) {
            text.append(checks.getOrDefault(name, new Tally()).row(name));
        }
        return text.toString();
    }
}
