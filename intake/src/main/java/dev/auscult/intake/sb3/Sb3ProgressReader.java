package dev.auscult.intake.sb3;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads the progress.csv of Stable-Baselines3, whose step is the number of steps in the environment. */
public final class Sb3ProgressReader implements LogReader {
    private static final int SURE = 90;
    private static final Set<String> STEPS =
            Set.of("time/total_timesteps", "total_timesteps", "misc/total_timesteps", "time/total timesteps");

    @Override
    public String format() {
        return "sb3-progress";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        boolean sb3 = head != null
                && head.isNamed()
                && head.names().stream()
                        .anyMatch(name -> name.startsWith("rollout/ep_") || name.equals("time/total_timesteps"));
        return sb3 ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("stable-baselines3");
        TableReading.read(file, names -> axes(names), options, sink);
    }

    private static Roles axes(List<String> names) {
        return Roles.NONE
                .withStep(Roles.find(names, STEPS))
                .withTime(names.indexOf("time/time_elapsed"), Roles.Clock.RUNNING);
    }
}
