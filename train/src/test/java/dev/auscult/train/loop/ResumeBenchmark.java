package dev.auscult.train.loop;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.LogHistogram;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorSummary;

/**
 * Kills trainings at random moments, resumes them, and compares what they leave with a training that was left alone.
 *
 * <p>Usage: {@code ResumeBenchmark JAR KILLED SEED}, which ends with status 1 if anything differs, or {@code ResumeBenchmark
 * compare RUN RUN}.
 */
final class ResumeBenchmark {
    private static final int MOST_KILLS = 3;

    private final Path jar;
    private final Path folder;
    private final Random random;
    private int killed;
    private int interrupted;

    private ResumeBenchmark(Path jar, Path folder, long seed) {
        this.jar = jar;
        this.folder = folder;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("compare")) {
            System.out.println(differences(Path.of(arguments[1]), Path.of(arguments[2])));
            return;
        }
        Path folder = Files.createTempDirectory("resume");
        int trainings = Integer.parseInt(arguments[1]);
        int same = new ResumeBenchmark(Path.of(arguments[0]).toAbsolutePath(), folder, Long.parseLong(arguments[2]))
                .run(trainings);
        if (same < trainings) {
            System.out.println("kept in " + folder);
            System.exit(1);
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private int run(int trainings) throws IOException, InterruptedException {
        List<Path> specs = List.of(clouds(), pictures());
        List<Path> whole = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (Path spec : specs) {
            long began = System.nanoTime();
            Path runs = folder.resolve("whole");
            if (start("train", "--plain", "--runs", runs.toString(), spec.toString())
                            .waitFor()
                    != 0) {
                throw new IllegalStateException("the training that is left alone failed; see " + folder);
            }
            seconds.add((System.nanoTime() - began) / 1e9);
            whole.add(runs.resolve(name(spec)));
            System.out.printf(Locale.ROOT, "%s left alone: %.1f s%n", name(spec), seconds.get(seconds.size() - 1));
        }
        int same = 0;
        for (int i = 0; i < trainings; i++) {
            int which = i % specs.size();
            Path runs = folder.resolve("killed-" + i);
            String kills = trainAndKill(specs.get(which), runs, seconds.get(which));
            List<String> differences = differences(whole.get(which), runs.resolve(name(specs.get(which))));
            same += differences.isEmpty() ? 1 : 0;
            System.out.println(runs.getFileName() + " " + name(specs.get(which)) + ":" + kills + ": "
                    + (differences.isEmpty() ? "the same" : "DIFFERS: " + differences));
        }
        System.out.println(same + " of " + trainings + " trainings the same, after " + killed + " kills and "
                + interrupted + " interrupts");
        return same;
    }

    /** Ends with a training that came to its end; the moments of the kills [s]. */
    private String trainAndKill(Path spec, Path runs, double seconds) throws IOException, InterruptedException {
        StringBuilder kills = new StringBuilder();
        Path run = runs.resolve(name(spec));
        for (int kill = 0; ; kill++) {
            boolean begun = Files.exists(new RunDirectory(run).last());
            if (!begun && Files.exists(run)) {
                // Killed before its first checkpoint: nothing was trained yet.
                Files.move(run, runs.resolve("too-early-" + kill));
            }
            Process process = begun
                    ? start("resume", "--plain", run.toString())
                    : start("train", "--plain", "--runs", runs.toString(), spec.toString());
            if (kill == MOST_KILLS) {
                finish(process);
                return kills.toString();
            }
            double moment = seconds * random.nextDouble();
            boolean gently = random.nextInt(4) == 0;
            if (process.waitFor((long) (moment * 1000), TimeUnit.MILLISECONDS)) {
                finish(process);
                return kills.isEmpty() ? " not killed in time" : kills.toString();
            }
            kills.append(String.format(Locale.ROOT, gently ? " (%.1f)" : " %.1f", moment));
            if (gently) {
                interrupted++;
                process.destroy();
            } else {
                killed++;
                process.destroyForcibly();
            }
            process.waitFor();
        }
    }

    private void finish(Process process) throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("ended with " + process.exitValue() + "; see " + folder.resolve("log.txt"));
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log.txt").toFile()))
                .start();
    }

    private static String name(Path spec) {
        return String.valueOf(spec.getFileName()).replace(".yaml", "");
    }

    private static List<String> differences(Path one, Path other) throws IOException {
        List<String> differences = new ArrayList<>();
        for (String file : List.of("last.safetensors", "best.safetensors")) {
            if (Files.mismatch(
                            one.resolve("checkpoints").resolve(file),
                            other.resolve("checkpoints").resolve(file))
                    >= 0) {
                differences.add(file);
            }
        }
        Map<String, String> expected = recorded(one);
        Map<String, String> found = recorded(other);
        expected.forEach((name, points) -> {
            if (!points.equals(found.get(name))) {
                differences.add(name);
            }
        });
        found.keySet().stream().filter(name -> !expected.containsKey(name)).forEach(differences::add);
        return differences;
    }

    /** Everything recorded but times, by name, as bits. */
    private static Map<String, String> recorded(Path directory) {
        List<Run> runs = new ArrayList<>();
        new Intake(ReadOptions.DEFAULT).read(List.of(directory), found -> runs.add(found.run()));
        Run run = runs.get(0);
        Map<String, String> recorded = new TreeMap<>();
        for (Series series : run.metrics()) {
            if (!series.key().name().startsWith("time/")) {
                StringBuilder points = new StringBuilder();
                for (int i = 0; i < series.size(); i++) {
                    points.append(series.step(i))
                            .append(' ')
                            .append(series.epoch(i))
                            .append(' ')
                            .append(Double.toHexString(series.value(i)))
                            .append('\n');
                }
                recorded.put(series.key().name(), points.toString());
            }
        }
        run.tensors().forEach(series -> {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < series.size(); i++) {
                points.append(series.step(i))
                        .append(' ')
                        .append(bits(series.summary(i)))
                        .append('\n');
            }
            TensorKey key = series.key();
            recorded.put(key.kind() + " " + key.layer() + " " + key.parameter(), points.toString());
        });
        StringBuilder events = new StringBuilder();
        run.events().stream()
                .filter(e -> e.kind() != RunEvent.Kind.RESUMED && e.kind() != RunEvent.Kind.RESTART)
                .forEach(e -> events.append(e.kind())
                        .append(' ')
                        .append(e.step())
                        .append(' ')
                        .append(e.detail())
                        .append('\n'));
        recorded.put("events", events.toString());
        return recorded;
    }

    private static String bits(TensorSummary summary) {
        LogHistogram histogram = Objects.requireNonNull(summary.histogram());
        StringBuilder bins = new StringBuilder();
        for (int e = histogram.lowestExponent(); e < histogram.endExponent(); e++) {
            bins.append(' ')
                    .append(e)
                    .append(':')
                    .append(histogram.negative(e))
                    .append('/')
                    .append(histogram.positive(e));
        }
        return summary.count() + " " + summary.nonFinite() + " " + summary.zeros() + " " + summary.min() + " "
                + summary.max() + " " + summary.mean() + " " + summary.standardDeviation() + " " + summary.l2Norm()
                + " " + summary.meanAbsolute() + " " + summary.inactiveShare() + bins;
    }

    /** Points in the plane: momentum, plateau, accumulation, batch normalisation, averages, early stopping. */
    private Path clouds() throws IOException {
        StringBuilder csv = new StringBuilder("a,b,c,d,cloud\n");
        Random draws = new Random(1);
        for (int i = 0; i < 1500; i++) {
            int cloud = i % 3;
            double angle = cloud * 2.1;
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%.4f,%.4f,%s%n",
                    2 * Math.cos(angle) + draws.nextGaussian(),
                    2 * Math.sin(angle) + draws.nextGaussian(),
                    draws.nextGaussian(),
                    draws.nextGaussian(),
                    "abc".charAt(cloud)));
        }
        Files.writeString(folder.resolve("clouds.csv"), csv, StandardCharsets.UTF_8);
        return Files.writeString(folder.resolve("clouds.yaml"), """
                name: clouds
                seed: 3
                data: {train: clouds.csv, target: cloud, augment: [{noise: 0.1}]}
                model:
                  layers: [{dense: 32}, batch-norm, relu, {dropout: 0.2}, {dense: 16}, relu, {dense: classes}]
                optimizer: {type: sgd, learning-rate: 0.4, momentum: 0.9}
                schedule: {type: plateau, patience: 2}
                regularization: {ema: 0.99}
                training:
                  epochs: 60
                  batch-size: 16
                  accumulate: 2
                  clip-norm: 2
                  checkpoint-every: 3
                  early-stopping: {patience: 25, restore-best: true}
                record: {every: 7, scalars-every: 3, examine-every: 2}
                policy: {critical: roll-back, high: lower-learning-rate}
                """, StandardCharsets.UTF_8);
    }

    /** Pictures of bars: convolutions, Adam, cosine, everything recorded. */
    private Path pictures() throws IOException {
        int count = 600;
        Random draws = new Random(2);
        byte[] pixels = new byte[count * 144];
        byte[] classes = new byte[count];
        for (int i = 0; i < count; i++) {
            classes[i] = (byte) (i % 4);
            for (int p = 0; p < 144; p++) {
                int bar = i % 2 == 0 ? p / 12 : p % 12;
                boolean lit = bar / 3 == i % 4;
                pixels[i * 144 + p] = (byte) Math.min(255, (lit ? 90 : 10) + draws.nextInt(150));
            }
        }
        idx("bars-images-idx3-ubyte", pixels, count, 12, 12);
        idx("bars-labels-idx1-ubyte", classes, count);
        return Files.writeString(folder.resolve("bars.yaml"), """
                name: bars
                seed: 5
                data:
                  train: bars-images-idx3-ubyte
                  target: bars-labels-idx1-ubyte
                  augment: [{noise: 0.05}, {flip: horizontal}]
                  validation: {fraction: 0.2}
                model:
                  layers:
                    - conv: {filters: 8, kernel: 3}
                    - batch-norm
                    - relu
                    - {max-pool: 2}
                    - flatten
                    - {dropout: 0.3}
                    - {dense: classes}
                optimizer: {type: adam, learning-rate: 0.002}
                schedule: {type: cosine, warm-up: 20}
                training: {epochs: 30, batch-size: 32}
                record:
                  every: 6
                  tensors: [weights, gradients, updates, activations, activation-gradients]
                """, StandardCharsets.UTF_8);
    }

    private void idx(String name, byte[] bytes, int... shape) throws IOException {
        try (OutputStream raw = Files.newOutputStream(folder.resolve(name));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw))) {
            out.writeInt(0x800 | shape.length);
            for (int extent : Arrays.copyOf(shape, shape.length)) {
                out.writeInt(extent);
            }
            out.write(bytes);
        }
    }
}
