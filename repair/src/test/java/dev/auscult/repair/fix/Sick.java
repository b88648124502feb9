package dev.auscult.repair.fix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Signals;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.remedy.Edits;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.Examiner;
import dev.auscult.train.spec.SpecEdit.Change;

/** A small training on three clouds of points, and a doctor who knows it. */
final class Sick {
    private Sick() {}

    /** Three clouds of 60 points each in the plane, which a line parts but for a few. */
    static void writeData(Path folder) throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("x,y,cloud\n");
        for (int i = 0; i < 180; i++) {
            int cloud = i % 3;
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s%n",
                    2 * Math.cos(cloud * 2.1) + random.nextGaussian(),
                    2 * Math.sin(cloud * 2.1) + random.nextGaussian(),
                    "abc".charAt(cloud)));
        }
        Files.writeString(folder.resolve("clouds.csv"), csv);
    }

    /** The spec with a learning rate of sgd; 0.1 is well. */
    static String spec(double rate) {
        return """
                # points in the plane
                seed: 3
                data: {train: clouds.csv, target: cloud}
                model: {layers: [{dense: 8}, tanh, {dense: classes}]}
                optimizer: {type: sgd, learning-rate: %s}  # by guess
                training: {epochs: 8, batch-size: 16}
                """.formatted(rate);
    }

    /** Options without limits. */
    static FixOptions options(Path folder, String text) {
        return new FixOptions(
                "clouds.yaml", text, folder, folder.resolve("fix"), 5, Optional.empty(), Optional.empty());
    }

    /** A doctor whose causes depend on the learning rate of the recording alone. */
    static Examiner examiner() {
        return new Examiner(Examiner.shipped().rules(), Sick::causes);
    }

    private static Differential causes(Examination examination, Diagnosis diagnosis) {
        double rate =
                Double.parseDouble(examination.run().settings().raw().getOrDefault("optimizer.learning-rate", "0.1"));
        if (rate > 1) {
            return differential(Map.of(Cause.LEARNING_RATE_TOO_HIGH, 0.7, Cause.OPTIMIZER_SETTING, 0.3), diagnosis);
        }
        if (rate > 0.4) {
            return differential(Map.of(Cause.DATA_LEAK, 0.95, Cause.NO_FAULT, 0.05), diagnosis);
        }
        if (rate < 0.01) {
            return differential(Map.of(Cause.TOO_FEW_EPOCHS, 0.6, Cause.LEARNING_RATE_TOO_LOW, 0.4), diagnosis);
        }
        return differential(Map.of(Cause.NO_FAULT, 0.97, Cause.LEARNING_RATE_TOO_LOW, 0.03), diagnosis);
    }

    private static Differential differential(Map<Cause, Double> probabilities, Diagnosis diagnosis) {
        List<String> codes =
                diagnosis.findings().stream().map(f -> f.rule().code()).toList();
        List<Suspect> suspects = new ArrayList<>();
        probabilities.forEach((cause, p) ->
                suspects.add(new Suspect(cause, p, cause == Cause.NO_FAULT ? List.of() : codes, List.of(), List.of())));
        return new Differential(Signals.FULL, suspects, "");
    }

    /** A treatment that sets one key. */
    static Treatment sets(String name, Cause cause, String key, String value) {
        return treatment(name, cause, patient -> List.of(new Change(key, value, "mended")));
    }

    static Treatment treatment(String name, Cause cause, Edits edits) {
        return new Treatment(name, cause, Safety.LIKELY, name, "", "", "", "", edits);
    }
}
