package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.List;

/** Counts runs by status. */
final class Tally {
    private int sick;
    private int healthy;
    private int unable;
    private int refused;
    private int old;
    private int accepted;

    void add(ExaminedRun run) {
        if (run.isRefused()) {
            refused++;
            return;
        }
        accepted += run.findings().size() - run.fresh().size();
        switch (run.status()) {
            case SICK -> {
                if (run.isFreshlySick()) {
                    sick++;
                } else {
                    old++;
                }
            }
            case HEALTHY -> healthy++;
            case UNABLE -> unable++;
        }
    }

    int runs() {
        return sick + old + healthy + unable;
    }

    int sick() {
        return sick;
    }

    /** {@code 85 runs: 20 sick, 55 healthy, 10 not judged; 4 refused}; what is zero is left out. */
    String line() {
        List<String> parts = new ArrayList<>();
        count(parts, sick, " sick");
        count(parts, old, " accepted");
        count(parts, healthy, " healthy");
        count(parts, unable, " not judged");
        String refusing = refused == 0 ? "" : "; " + Counts.of(refused) + " refused";
        String accepting = accepted == 0 ? "" : "; " + Counts.of(accepted, "finding") + " in the baseline";
        return Counts.of(runs(), "run")
                + (parts.isEmpty() ? "" : ": ")
                + String.join(", ", parts)
                + refusing
                + accepting;
    }

    private static void count(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(Counts.of(count) + what);
        }
    }
}
