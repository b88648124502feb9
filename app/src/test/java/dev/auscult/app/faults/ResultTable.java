package dev.auscult.app.faults;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.auscult.app.faults.Trial.Clean;
import dev.auscult.app.faults.Trial.Outcome;
import dev.auscult.diagnose.Finding;

/** Prints what was found of each fault at each size, and the sums. */
final class ResultTable {
    private static final int MEDIUM = 1;

    private final PrintStream out;
    private final int[] found = new int[3];
    private final int[] copies = new int[3];
    private int full;
    private int faults;

    ResultTable(PrintStream out) {
        this.out = out;
        out.println("| fault | sizes | rules | data | small | medium | large |");
        out.println("|---|---|---|---|---|---|---|");
    }

    void add(Fault<?> fault, List<List<Outcome>> outcomes) {
        StringBuilder cells = new StringBuilder();
        for (int size = 0; size < outcomes.size(); size++) {
            int hits = (int) outcomes.get(size).stream().filter(Outcome::found).count();
            int of = outcomes.get(size).size();
            found[size] += hits;
            copies[size] += of;
            cells.append(" ").append(hits).append("/").append(of).append(" |");
            if (size == MEDIUM) {
                faults++;
                full += hits == of ? 1 : 0;
            }
        }
        String sizes = fault.sizes().stream()
                .map(s -> s == Math.rint(s) ? Long.toString(Math.round(s)) : Double.toString(s))
                .collect(Collectors.joining(" / "));
        out.println("| " + fault.name() + " | " + sizes + " " + fault.measure() + " | "
                + fault.rules().stream().sorted().collect(Collectors.joining(", ")) + " | "
                + fault.subjects().stream().map(Subject::name).collect(Collectors.joining(", ")) + " |" + cells);
    }

    /** The sums, and every false alarm. */
    void total(Map<String, Clean> clean) {
        out.println();
        for (int size = 0; size < found.length; size++) {
            out.println(String.format(
                    Locale.ROOT,
                    "Recall at %s size: %.3f (%d of %d copies)",
                    List.of("small", "medium", "large").get(size),
                    (double) found[size] / copies[size],
                    found[size],
                    copies[size]));
        }
        out.println(full + " of " + faults + " faults were found in every copy of medium size");
        long judged = clean.values().stream()
                .mapToLong(c -> c.examined().judged().size())
                .sum();
        long alarms =
                clean.values().stream().mapToLong(ResultTable::rulesAlarmed).sum();
        out.println(String.format(
                Locale.ROOT,
                "False alarms: %.4f (%d of %d verdicts on %d clean copies)",
                (double) alarms / judged,
                alarms,
                judged,
                clean.size()));
        new TreeMap<>(clean).forEach((name, copy) -> {
            for (Finding alarm : copy.alarms()) {
                out.println("- " + name + ": " + alarm.rule().code() + " "
                        + alarm.severity().label() + " " + alarm.where().columns() + ": " + alarm.summary());
            }
        });
    }

    private static long rulesAlarmed(Clean copy) {
        return copy.alarms().stream().map(f -> f.rule().name()).distinct().count();
    }
}
