package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.CauseTables;
import dev.auscult.diagnose.cause.Signals;

/**
 * Learns the network that Auscult ships from the calibration half of the bench: {@code LearnCauses CACHE TABLE RESOURCE}, with
 * the table of {@link ReadSymptoms} and the file {@code network.txt} to write.
 */
public final class LearnCauses {
    private LearnCauses() {}

    public static void main(String[] args) throws IOException {
        Map<Cause, Double> priors = CauseModel.shipped().tables().priors();
        List<Judged> all = Judged.read(Path.of(args[0]), Path.of(args[1])).stream()
                .filter(j -> j.run().isCalibration())
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Learned by dev.auscult.bench.faults.LearnCauses on the calibration half of the fault bench; not to be edited.");
        lines.add(
                "# symptom, reliability, leak (share of healthy runs that show it), and links of causes: above 0 a cause brings the");
        lines.add("# symptom about (noisy-OR), below 0 it prevents it. What is not listed changes next to nothing.");
        for (Signals signals : Signals.values()) {
            List<Judged> runs = all.stream().filter(j -> j.signals() == signals).toList();
            long sick = runs.stream().filter(Judged::isSick).count();
            System.out.printf(Locale.ROOT, "%s: %d runs, %d of them sick%n", signals, runs.size(), sick);
            lines.add("");
            lines.add("[" + signals + "]");
            lines.addAll(CauseTables.write(new Learner(runs, priors).learn()));
        }
        Files.writeString(Path.of(args[2]), String.join("\n", lines) + "\n");
    }
}
