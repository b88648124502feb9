package dev.auscult.data;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import dev.auscult.data.DataSettings.Augment;

/** Measures how many examples a second the loader serves; run by {@code bench/loader.sh}. */
final class LoaderBenchmark {
    private static final int BATCH = 64;
    private static final int ROUNDS = 3;

    private LoaderBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int mebibytes = Integer.parseInt(arguments[0]);
        List<Augment> augment =
                List.of(new Augment("flip", 0, 0.5), new Augment("crop", 4, 1), new Augment("rotate", 10, 0.5));
        PackedInputs small = images(50_000, 3, 32, 1L << 30);
        serve("50,000 images of 3×32×32 in memory", small, List.of());
        serve("the same, flipped, cropped, rotated", small, augment);
        PackedInputs large = images((int) (((long) mebibytes << 20) / (3 * 64 * 64)), 3, 64, 64 << 20);
        serve(
                String.format(Locale.ROOT, "%,d images of 3×64×64 on disk: %s", large.size(), large.onDisk()),
                large,
                List.of());
    }

    private static PackedInputs images(int count, int channels, int side, long memory) throws IOException {
        try (PackedInputs.Builder builder = PackedInputs.ofBytes(new long[] {channels, side, side}, memory)) {
            byte[] image = new byte[builder.elements()];
            for (int i = 0; i < count; i++) {
                for (int e = 0; e < image.length; e++) {
                    image[e] = (byte) (i + e);
                }
                builder.add(image, 0);
            }
            return builder.build();
        }
    }

    private static void serve(String what, Inputs inputs, List<Augment> augment) {
        Inputs scaled =
                ArrayNormalizer.fit(inputs, new ArraySettings().settings()).apply(inputs);
        Target target = Target.ofClasses("benchmark", new int[inputs.size()], List.of("one"));
        try (Loader loader =
                Loader.of(new Examples(scaled, target), new LoaderSettings(BATCH, true, false, augment, 1))) {
            double best = Double.MAX_VALUE;
            for (int epoch = 0; epoch < ROUNDS; epoch++) {
                long start = System.nanoTime();
                loader.startEpoch(epoch, 0);
                long sum = 0;
                for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                    sum += batch.indices[0];
                }
                best = Math.min(best, (System.nanoTime() - start) * 1e-9 + (sum < 0 ? 1 : 0));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,.0f examples/s, %,.0f MB/s of floats%n",
                    what,
                    inputs.size() / best,
                    inputs.size() / best * inputs.elements() * 4e-6);
        }
    }
}
