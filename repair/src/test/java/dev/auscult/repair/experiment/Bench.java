package dev.auscult.repair.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

import dev.auscult.train.engine.Engine;

/** Small data, and specs on them that are well or ill in one way. */
final class Bench {
    static final String MLP = "model: {layers: [{dense: 16}, relu, {dense: classes}]}\n";
    static final String ADAM = "optimizer: {type: adam, learning-rate: 0.01}\n";
    static final String TRAINING = "training: {epochs: 30, batch-size: 32}\n";
    static final String WELL = kinds("clouds", MLP + ADAM + TRAINING);

    private Bench() {}

    /** Three clouds with their kind, the same with kinds that are shuffled, and a line with noise. */
    static void write(Path folder) throws IOException {
        Random random = new Random(5);
        StringBuilder clouds = new StringBuilder("a,b,c,d,e,f,g,h,kind\n");
        StringBuilder shuffled = new StringBuilder("a,b,c,d,e,f,g,h,kind\n");
        StringBuilder line = new StringBuilder("a,b,c,d,e,f,g,h,y\n");
        for (int i = 0; i < 480; i++) {
            int kind = i % 3;
            StringBuilder inputs = new StringBuilder();
            double y = 0.1 * random.nextGaussian();
            for (int k = 0; k < 8; k++) {
                double x = random.nextGaussian();
                inputs.append(String.format(Locale.ROOT, "%.4f,", x + (k % 3 == kind ? 1.5 : 0)));
            }
            clouds.append(inputs).append("k").append(kind).append('\n');
            shuffled.append(inputs).append("k").append(random.nextInt(3)).append('\n');
            for (int k = 0; k < 8; k++) {
                double x = random.nextGaussian();
                y += k % 2 == 0 ? x : -x;
                line.append(String.format(Locale.ROOT, "%.4f,", x));
            }
            line.append(String.format(Locale.ROOT, "%.4f\n", y));
        }
        Files.writeString(folder.resolve("clouds.csv"), clouds);
        Files.writeString(folder.resolve("shuffled.csv"), shuffled);
        Files.writeString(folder.resolve("line.csv"), line);
    }

    /** A spec that tells kinds apart. */
    static String kinds(String data, String rest) {
        return "seed: 3\ndata: {train: " + data
                + ".csv, target: kind, task: classification, validation: {fraction: 0.25}}\n" + rest;
    }

    /** A linear regression by plain gradient descent. */
    static String line(String rate) {
        return "seed: 3\ndata: {train: line.csv, target: y, task: regression, validation: {fraction: 0.25}}\n"
                + "model: {layers: [{dense: 1}]}\nloss: mse\noptimizer: {type: sgd, learning-rate: " + rate + "}\n"
                + TRAINING;
    }

    static Lab lab(String text, Path folder, Engine engine) {
        return new Lab("spec.yaml", text, folder, engine, sentence -> {});
    }

    static Experiment experiment(String name) {
        return Experiments.all().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
