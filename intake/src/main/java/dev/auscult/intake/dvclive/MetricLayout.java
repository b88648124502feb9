package dev.auscult.intake.dvclive;

import java.util.List;

import dev.auscult.intake.table.Layout;
import dev.auscult.intake.table.Roles;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;

/** The table of one metric: step, perhaps a timestamp, and the value, which the file's place names better. */
final class MetricLayout implements Layout {
    private final String metric;

    MetricLayout(String metric) {
        this.metric = metric;
    }

    @Override
    public Roles roles(List<String> names) {
        return Roles.NONE.withStep(names.indexOf("step")).withTime(names.indexOf("timestamp"), Roles.Clock.RUNNING);
    }

    @Override
    public SeriesBuilder series(RunBuilder run, String name) {
        return run.series(metric);
    }

    @Override
    public boolean watchesRestarts() {
        return false;
    }
}
