package dev.auscult.bench.faults;

import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;

/** How much of a run was logged. */
enum View {
    /** Losses, metrics and learning rate. */
    CURVES,
    /** Statistics of tensors besides. */
    HISTOGRAMS,
    /** Settings, network, checks and data besides. */
    FULL;

    /** The run as it would be known had only so much been logged. */
    Run of(Run run) {
        if (this == FULL) {
            return run;
        }
        RunBuilder masked = Run.builder(run.id()).format("tensorboard");
        for (Series series : run.metrics()) {
            var to = masked.series(series.key());
            for (int i = 0; i < series.size(); i++) {
                to.add(series.step(i), series.epoch(i), series.wallTime(i), series.value(i));
            }
        }
        if (this == HISTOGRAMS) {
            run.tensors().forEach(series -> {
                var to = masked.tensor(series.key());
                for (int i = 0; i < series.size(); i++) {
                    to.add(series.step(i), series.wallTime(i), series.summary(i));
                }
            });
        }
        return masked.build();
    }
}
