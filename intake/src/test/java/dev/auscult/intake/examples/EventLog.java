package dev.auscult.intake.examples;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.auscult.intake.tensorboard.EventFileWriter;
import dev.auscult.run.TensorKind;

/**
 * Writes a training as an event file of TensorBoard: scalars, and a histogram per tensor with one bucket per octave of the
 * magnitude; counts of zeros, of what is not finite and of idle units are scalars beside it, where they are not zero.
 */
final class EventLog implements Closeable {
    /** The finest bucket of TensorFlow and of PyTorch ends here; what is in it counts as zero. */
    private static final double ZERO = 1e-12;

    private static final int OCTAVES = 6;

    private final EventFileWriter out;
    private final Set<TensorKind> kinds;

    EventLog(Path folder, TensorKind first, TensorKind... others) throws IOException {
        Files.createDirectories(folder);
        out = new EventFileWriter(folder.resolve("events.out.tfevents.1700000000.example"));
        out.header();
        kinds = EnumSet.of(first, others);
    }

    void scalar(String tag, long step, double value) throws IOException {
        out.scalar(tag, step, time(step), (float) value);
    }

    /** The matrices (biases would fill the files) and the activations of a step: call it after the step, with the batch that it was made on. */
    void tensors(Mlp net, long step, Data data, int[] batch) throws IOException {
        for (int l = 0; l < net.layers(); l++) {
            Parameter p = net.weight(l);
            String place = p.layer + "/" + p.name;
            if (kinds.contains(TensorKind.WEIGHT)) {
                histogram("weights/" + place, step, p.value);
            }
            if (kinds.contains(TensorKind.GRADIENT)) {
                histogram("gradients/" + place, step, p.gradient);
            }
            if (kinds.contains(TensorKind.UPDATE)) {
                histogram("updates/" + place, step, p.update);
            }
        }
        if (kinds.contains(TensorKind.ACTIVATION)) {
            activations(net, step, data, batch);
        }
    }

    private void activations(Mlp net, long step, Data data, int[] batch) throws IOException {
        float[][] all = new float[net.layers()][];
        for (int s = 0; s < batch.length; s++) {
            net.forward(data.x()[batch[s]]);
            for (int l = 0; l < all.length; l++) {
                float[] units = net.output(l);
                all[l] = s == 0 ? new float[batch.length * units.length] : all[l];
                System.arraycopy(units, 0, all[l], s * units.length, units.length);
            }
        }
        for (int l = 0; l < all.length; l++) {
            String tag = "activations/" + net.weight(l).layer;
            histogram(tag, step, all[l]);
            extra(tag + "/inactive", step, net.inactiveShare(l));
        }
        net.forgetActivity();
    }

    private void histogram(String tag, long step, float[] values) throws IOException {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        int zeros = 0;
        int count = 0;
        for (float v : values) {
            if (Float.isFinite(v)) {
                count++;
                min = Math.min(min, v);
                max = Math.max(max, v);
                sum += v;
                squares += (double) v * v;
                zeros += v == 0 ? 1 : 0;
            }
        }
        if (count > 0) {
            double[] limits = limits(Math.max(Math.abs(min), Math.abs(max)));
            double[] counts = new double[limits.length];
            for (float v : values) {
                if (Float.isFinite(v)) {
                    int at = Arrays.binarySearch(limits, v);
                    counts[at < 0 ? -at - 1 : at]++;
                }
            }
            int from = 0;
            while (counts[from] == 0) {
                from++;
            }
            from = Math.max(0, from - 1);
            int to = counts.length;
            while (counts[to - 1] == 0) {
                to--;
            }
            out.histogram(
                    tag,
                    step,
                    time(step),
                    new double[] {min, max, count, sum, squares},
                    Arrays.copyOfRange(limits, from, to),
                    Arrays.copyOfRange(counts, from, to));
        }
        extra(tag + "/zeros", step, zeros);
        extra(tag + "/nonfinite", step, values.length - count);
    }

    /** Right edges of the buckets, symmetric around zero. */
    private static double[] limits(double largest) {
        int top = largest > ZERO ? Math.getExponent(largest) + 1 : Math.getExponent(ZERO) + 2;
        double[] positive = new double[OCTAVES + 1];
        int n = 0;
        for (int octave = top - OCTAVES; octave <= top; octave++) {
            double edge = Math.scalb(1.0, octave);
            if (edge > ZERO) {
                positive[n++] = edge;
            }
        }
        double[] limits = new double[2 * n + 2];
        for (int i = 0; i < n; i++) {
            limits[n - 1 - i] = -positive[i];
            limits[n + 2 + i] = positive[i];
        }
        limits[n] = -ZERO;
        limits[n + 1] = ZERO;
        return limits;
    }

    private void extra(String tag, long step, double value) throws IOException {
        if (value != 0) {
            scalar(tag, step, value);
        }
    }

    /** Ten steps a second. */
    private static double time(long step) {
        return 1.7e9 + step / 10.0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Steps at which tensors are recorded, evenly over a run. */
    static List<Integer> steps(int run, int records) {
        return IntStream.range(0, records)
                .mapToObj(i -> i * (run - 1) / (records - 1))
                .toList();
    }
}
