package dev.auscult.intake.sb3;

import java.io.IOException;
import java.util.List;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Layout;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;

/** Reads monitor.csv of Stable-Baselines3: reward, length and time of every episode, after a line of JSON. */
public final class Sb3MonitorReader implements LogReader {
    private static final int SURE = 95;

    @Override
    public String format() {
        return "sb3-monitor";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        boolean monitor = head != null && head.comment().contains("\"t_start\"") && head.has("r", "l", "t");
        return monitor ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("stable-baselines3");
        TableReading.read(file, new Episodes(), options, sink);
    }

    private static final class Episodes implements Layout {
        @Override
        public Roles roles(List<String> names) {
            int length = names.indexOf("l");
            return Roles.NONE
                    .withStep(length)
                    .withCounting(Roles.Counting.LENGTH)
                    .withTime(names.indexOf("t"), Roles.Clock.RUNNING);
        }

        @Override
        public SeriesBuilder series(RunBuilder run, String name) {
            return name.equals("r") ? run.series(MetricKey.of(Split.TRAIN, Quantity.REWARD, "r")) : run.series(name);
        }
    }
}
