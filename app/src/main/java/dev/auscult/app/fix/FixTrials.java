package dev.auscult.app.fix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.app.html.Table;
import dev.auscult.app.live.Figures;
import dev.auscult.app.report.Counts;
import dev.auscult.diagnose.Numbers;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.trial.TrialResult;

/** What the repair cost: every trial, once. */
final class FixTrials {
    private FixTrials() {}

    static void add(Element main, FixResult result, FixFiles files) {
        Map<String, TrialResult> trials = new LinkedHashMap<>();
        List<TrialResult> all = new ArrayList<>(result.first());
        for (FixStep step : result.steps()) {
            all.addAll(step.before());
            all.addAll(step.after());
        }
        all.addAll(result.last());
        all.forEach(
                t -> trials.putIfAbsent(t.request().name() + " " + t.request().seed(), t));
        String metric = result.overall().map(c -> c.metric()).orElse("validation/loss");
        Table table = new Table(
                Counts.of(trials.size(), "trial"),
                List.of("trial", "seed", "ended", "steps", "seconds", metric, "status"));
        for (TrialResult trial : trials.values()) {
            table.row(List.of(
                    new Html.Text(trial.request().name()),
                    new Html.Text(String.valueOf(trial.request().seed())),
                    new Html.Text(trial.ended()),
                    new Html.Text(Counts.of(trial.steps()) + " of " + Counts.of(trial.planned())),
                    new Html.Text(Numbers.of(trial.seconds())),
                    new Html.Text(
                            trial.figure(metric).isPresent()
                                    ? Numbers.of(trial.figure(metric).getAsDouble())
                                    : ""),
                    new Html.Text(trial.diagnosis().status().name().toLowerCase(Locale.ROOT))));
        }
        Element section = FixPage.section("Cost", "cost");
        section.add(Html.of(
                        "p",
                        "All trials and experiments together took " + FixWords.cost(result) + " and "
                                + Figures.time(result.seconds()) + ". Each is a recording in ")
                .add(Html.of("code", files.recordings()))
                .text("."));
        section.add(Html.of("details").add(Html.of("summary", "Every trial")).add(table.html()));
        main.add(section);
    }
}
