package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.data.ArraySource;
import dev.auscult.data.Inputs;
import dev.auscult.data.Target;
import dev.auscult.data.Task;
import dev.auscult.data.image.Picture;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/** Reads the examples of an array one after the other: as pictures where they are, and else as numbers. */
final class ArrayPart {
    /** Narrower arrays of three axes are no pictures. */
    private static final int SMALLEST_SIDE = 8;

    /** Rows of fewer numbers may well be equal by chance. */
    private static final int TELLING_LENGTH = 32;

    private ArrayPart() {}

    static MediaPart read(ArraySource source, String name, Split split, Progress progress) {
        Inputs inputs = source.inputs();
        Target target = source.target();
        boolean classes = target.task() == Task.CLASSIFICATION;
        Items items = new Items(classes ? target.names() : List.of());
        Copies copies = new Copies(split, items);
        long[] shape = inputs.shape();
        boolean images = isImage(shape);
        float[] one = new float[inputs.elements()];
        Range range = images ? Range.of(inputs, one, "measuring " + name, progress) : Range.NONE;
        PictureTable pictures = new PictureTable(split, items, range.absolute());
        byte[] pixels = new byte[one.length];
        for (int i = 0; i < inputs.size(); i++) {
            if (i % 1024 == 0) {
                progress.at("reading " + name, (double) i / inputs.size());
            }
            inputs.read(i, one, 0);
            items.row(i + 1L, classes ? target.classOf(i) : -1);
            if (images) {
                range.toBytes(one, pixels);
                PictureMeasures measures =
                        PictureMeasures.of(Picture.of((int) shape[0], (int) shape[1], (int) shape[2], pixels));
                pictures.add(measures);
                copies.add(
                        range.exact() ? measures.hash() : hash(one),
                        measures.thumbnail().pixels());
            } else if (one.length >= TELLING_LENGTH) {
                copies.add(hash(one), null);
            }
        }
        progress.at("reading " + name, 1);
        List<Observation> observations = new ArrayList<>();
        if (images) {
            // An array that could be read at all could be read in every example.
            observations.add(Items.observation(Kind.CORRUPT_FILES, split, inputs.size(), 0, Map.of(), List.of()));
            observations.addAll(pictures.observe());
        }
        if (classes) {
            observations.add(RowOrder.of(split, items, target.names().size()));
        }
        return new MediaPart(
                images ? "images" : "array",
                target.task().label(),
                new DataProfile.Part(
                        split, name, inputs.size(), inputs.size(), classes ? items.counts() : Map.of(), List.of()),
                observations,
                copies);
    }

    private static boolean isImage(long[] shape) {
        return shape.length == 3
                && (shape[0] == 1 || shape[0] == 3)
                && shape[1] >= SMALLEST_SIDE
                && shape[2] >= SMALLEST_SIDE;
    }

    private static long hash(float[] values) {
        long h = Hash.START;
        for (float value : values) {
            h = (h ^ Float.floatToIntBits(value + 0f)) * 0x100000001B3L;
        }
        return Hash.mix(h);
    }

    /**
     * What the numbers of pictures range over.
     *
     * @param low becomes level 0
     * @param high becomes level 255
     * @param absolute whether the levels are brightness: 0..1 or 0..255
     * @param exact whether the numbers are whole levels 0..255
     */
    private record Range(double low, double high, boolean absolute, boolean exact) {
        static final Range NONE = new Range(0, 255, false, false);

        static Range of(Inputs inputs, float[] one, String what, Progress progress) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            boolean whole = true;
            for (int i = 0; i < inputs.size(); i++) {
                if (i % 1024 == 0) {
                    progress.at(what, (double) i / inputs.size());
                }
                inputs.read(i, one, 0);
                for (float x : one) {
                    if (Float.isFinite(x)) {
                        low = Math.min(low, x);
                        high = Math.max(high, x);
                        whole &= x == (int) x;
                    }
                }
            }
            if (low >= 0 && high <= 255 && ((whole && high > 1) || high > 1.5)) {
                return new Range(0, 255, true, whole);
            }
            if (low >= 0 && high <= 1) {
                return new Range(0, 1, true, false);
            }
            return low < high ? new Range(low, high, false, false) : NONE;
        }

        void toBytes(float[] from, byte[] to) {
            double scale = 255 / (high - low);
            for (int i = 0; i < from.length; i++) {
                double level = Float.isFinite(from[i]) ? (from[i] - low) * scale : 0;
                to[i] = (byte) Math.round(Math.min(255, Math.max(0, level)));
            }
        }
    }
}
