package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes a folder of small runs in formats of all kinds, and a long log of a console; for the benchmarks. */
public final class ManyRuns {
    private static final int EPOCHS = 50;

    private ManyRuns() {}

    /** Arguments: the folder, the number of runs, the MiB of the console log (none if 0). */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int runs = Integer.parseInt(args[1]);
        for (int i = 0; i < runs; i++) {
            Path run = Files.createDirectories(folder.resolve("runs").resolve("run-%04d".formatted(i)));
            Random random = new Random(i);
            switch (i % 5) {
                case 0 -> Files.writeString(run.resolve("training_log.csv"), csv(random));
                case 1 -> Files.writeString(run.resolve("trainer_state.json"), state(random));
                case 2 -> Files.writeString(run.resolve("train.log"), console(random, EPOCHS));
                case 3 -> Files.writeString(run.resolve("metrics.jsonl"), lines(random));
                default -> {
                    Files.writeString(run.resolve("metrics.csv"), lightning(random));
                    Files.writeString(run.resolve("hparams.yaml"), "lr: 0.1\nbatch_size: 32\nmodel: {width: 64}\n");
                }
            }
            Files.writeString(run.resolve("notes.txt"), "nothing to see\n");
            Files.write(run.resolve("model.pt"), new byte[4096]);
        }
        long bytes = Long.parseLong(args[2]) << 20;
        if (bytes > 0) {
            String block = console(new Random(7), 10_000);
            Path log = folder.resolve("console.log");
            Files.writeString(log, "Namespace(lr=0.1)\n");
            try (var out = Files.newBufferedWriter(log)) {
                for (long written = 0, epoch = 0; written < bytes; epoch += 10_000) {
                    String part = epoch == 0 ? block : shifted(block, epoch);
                    out.write(part);
                    written += part.length();
                }
            }
        }
    }

    private static String shifted(String block, long by) {
        StringBuilder text = new StringBuilder(block.length() + 100_000);
        block.lines().forEach(line -> {
            int end = line.indexOf(' ', 6);
            text.append("epoch ").append(Long.parseLong(line.substring(6, end)) + by);
            text.append(line, end, line.length()).append('\n');
        });
        return text.toString();
    }

    /** As programs print it. */
    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static double loss(Random random, int epoch) {
        return 0.2 + 2.0 / (1 + epoch) + 0.02 * random.nextGaussian();
    }

    private static String csv(Random random) {
        StringBuilder text = new StringBuilder("epoch,accuracy,loss,lr,val_accuracy,val_loss\n");
        for (int e = 0; e < EPOCHS; e++) {
            text.append(e + "," + (1 - 0.4 * loss(random, e)) + "," + loss(random, e) + ",0.1,"
                    + (1 - 0.5 * loss(random, e)) + "," + 1.1 * loss(random, e) + "\n");
        }
        return text.toString();
    }

    private static String state(Random random) {
        StringBuilder text = new StringBuilder("{\"global_step\": 500, \"max_steps\": 500, \"log_history\": [\n");
        for (int e = 0; e < EPOCHS; e++) {
            int step = 10 * (e + 1);
            text.append("{\"epoch\": " + step / 100.0 + ", \"loss\": " + loss(random, e)
                    + ", \"learning_rate\": 1e-4, \"grad_norm\": 1.5, \"step\": " + step + "},\n");
            text.append("{\"epoch\": " + step / 100.0 + ", \"eval_loss\": " + 1.1 * loss(random, e) + ", \"step\": "
                    + step + "}" + (e < EPOCHS - 1 ? ",\n" : "\n"));
        }
        return text + "]}\n";
    }

    private static String console(Random random, int epochs) {
        StringBuilder text = new StringBuilder();
        for (int e = 1; e <= epochs; e++) {
            text.append("epoch " + e + " | loss " + rounded(loss(random, e)) + " | val_loss "
                    + rounded(1.1 * loss(random, e)) + " | lr 0.001\n");
        }
        return text.toString();
    }

    private static String lines(Random random) {
        StringBuilder text = new StringBuilder();
        for (int e = 0; e < EPOCHS; e++) {
            text.append("{\"step\": " + 10 * e + ", \"train/loss\": " + loss(random, e) + ", \"val/loss\": "
                    + 1.1 * loss(random, e) + "}\n");
        }
        return text.toString();
    }

    private static String lightning(Random random) {
        StringBuilder text = new StringBuilder("epoch,step,train_loss,val_loss\n");
        for (int e = 0; e < EPOCHS; e++) {
            text.append(e + "," + (10 * e + 9) + "," + loss(random, e) + ",\n");
            text.append(e + "," + (10 * e + 9) + ",," + 1.1 * loss(random, e) + "\n");
        }
        return text.toString();
    }
}
