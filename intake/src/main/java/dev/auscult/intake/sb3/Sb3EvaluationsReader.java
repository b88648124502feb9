package dev.auscult.intake.sb3;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.npy.NpyException;
import dev.auscult.intake.npy.NpyReader;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;

/** Reads evaluations.npz of Stable-Baselines3: the rewards of several episodes at each of some steps. */
public final class Sb3EvaluationsReader implements LogReader {
    private static final int SURE = 95;
    private static final int MOST_ENTRIES = 64;
    private static final int MOST_NUMBERS = 1_000_000;
    private static final long MOST_SKIPPED = 1L << 28;

    @Override
    public String format() {
        return "sb3-evaluations";
    }

    @Override
    public int recognise(LogFile file) {
        byte[] head = file.head();
        boolean zip = head.length > 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
        if (!zip || !file.name().toLowerCase(Locale.ROOT).endsWith(".npz")) {
            return 0;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.contains("timesteps.npy") || text.contains("results.npy") ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("stable-baselines3");
        Evaluations found = new Evaluations();
        try (ZipInputStream zip =
                new ZipInputStream(new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16))) {
            entries(zip, found, sink);
        }
        if (found.steps.size == 0) {
            throw new UnreadableLogException(
                    found.refusal.isEmpty() ? "an archive without timesteps; EvalCallback writes some" : found.refusal);
        }
        int points = found.tell(sink);
        if (points == 0) {
            throw new UnreadableLogException(
                    found.refusal.isEmpty() ? "an archive with timesteps and no results" : found.refusal);
        }
    }

    private static void entries(ZipInputStream zip, Evaluations found, RunSink sink) throws IOException {
        try {
            ZipEntry entry = zip.getNextEntry();
            for (int i = 0; entry != null && i < MOST_ENTRIES; i++) {
                found.entry(entry.getName(), zip, sink);
                entry = zip.getNextEntry();
            }
        } catch (ZipException | EOFException | IllegalArgumentException torn) {
            sink.problem(0, "the archive is damaged or cut; what came before the damage was read");
        }
    }

    /** The arrays that matter, as far as they could be read. */
    private static final class Evaluations {
        private final Numbers steps = new Numbers();
        private final Numbers rewards = new Numbers();
        private final Numbers lengths = new Numbers();
        private final Numbers successes = new Numbers();
        private String refusal = "";

        void entry(String name, InputStream in, RunSink sink) throws IOException {
            Numbers target = switch (name) {
                case "timesteps.npy" -> steps;
                case "results.npy" -> rewards;
                case "ep_lengths.npy" -> lengths;
                case "successes.npy" -> successes;
                default -> null;
            };
            if (target == null) {
                skip(in, name);
                return;
            }
            try {
                means(new NpyReader(in), target);
            } catch (NpyException refused) {
                refusal = name + " is " + refused.getMessage();
                sink.problem(0, refusal);
            } catch (TooLargeException large) {
                refusal = name + " holds more than " + MOST_NUMBERS
                        + " numbers; EvalCallback writes a few per evaluation";
                sink.problem(0, refusal);
                skip(in, name);
            } catch (EOFException torn) {
                sink.problem(0, name + " ends early; what came before was read");
            }
        }

        /** Other arrays are unpacked to come to the next, though not without end. */
        private static void skip(InputStream in, String name) throws IOException {
            byte[] some = new byte[1 << 16];
            long left = MOST_SKIPPED;
            int read = in.read(some);
            while (read >= 0 && left > 0) {
                left -= read;
                read = in.read(some);
            }
            if (left <= 0) {
                throw new ZipException(name + " is too large");
            }
        }

        /** Means over all axes but the first; only what was read whole counts. */
        private static void means(NpyReader array, Numbers target) throws IOException, NpyException, TooLargeException {
            if (array.shape().isEmpty()
                    || (array.isFortranOrder() && array.shape().size() > 1)) {
                return;
            }
            double width = 1;
            for (long size : array.shape().subList(1, array.shape().size())) {
                width *= size;
            }
            long rows = array.shape().get(0);
            int left = MOST_NUMBERS;
            for (long i = 0; i < rows && width > 0; i++) {
                double sum = 0;
                for (long k = 0; k < width; k++) {
                    if (left-- == 0) {
                        throw new TooLargeException();
                    }
                    sum += array.next();
                }
                target.add(sum / width);
            }
        }

        int tell(RunSink sink) {
            return series(sink, rewards, Quantity.REWARD, "eval/mean_reward")
                    + series(sink, lengths, Quantity.OTHER, "eval/mean_ep_length")
                    + series(sink, successes, Quantity.ACCURACY, "eval/success_rate");
        }

        private int series(RunSink sink, Numbers means, Quantity quantity, String name) {
            int points = Math.min(means.size, steps.size);
            if (points > 0) {
                SeriesBuilder series = sink.run().series(MetricKey.of(Split.VALIDATION, quantity, name));
                for (int i = 0; i < points; i++) {
                    series.add((long) steps.values[i], means.values[i]);
                }
            }
            return points;
        }
    }

    /** An array has more numbers than anybody evaluates. */
    private static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Numbers that grow as they are read. */
    private static final class Numbers {
        private double[] values = new double[64];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }
    }
}
