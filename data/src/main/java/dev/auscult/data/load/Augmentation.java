package dev.auscult.data.load;

import java.util.Arrays;

/**
 * A random change to one example, in place. An instance holds a copy of the example while it works, so it belongs to one
 * thread.
 */
public abstract class Augmentation {
    private Augmentation() {}

    /**
     * Changes the numbers of one example; by default an example of numbers stays as it is.
     *
     * @param x holds the example from {@code offset} on
     * @param draws what the change is drawn from
     */
    public void change(float[] x, int offset, Draws draws) {}

    /**
     * Changes the token ids of one example; by default they stay as they are.
     *
     * @param used tokens before the padding
     * @param padding the token that fills the end
     * @return tokens before the padding from now on
     */
    public int changeTokens(long[] x, int offset, int used, long padding, Draws draws) {
        return used;
    }

    /**
     * An augmentation by its name in a training spec.
     *
     * @param type {@code flip}, {@code crop}, {@code rotate}, {@code noise}, {@code cutout}, {@code time-shift} or {@code
     *     token-drop}
     * @param amount how much, in the unit of the type; for a flip 0 is left to right and 1 upside down
     * @param shape of one example, without the batch axis
     * @param tokens whether an example is a sequence of token ids
     * @throws IllegalArgumentException where it does not fit the examples, in one line
     */
    public static Augmentation of(String type, double amount, long[] shape, boolean tokens) {
        String found = tokens ? "tokens" : "numbers of shape " + Arrays.toString(shape);
        if (tokens != type.equals("token-drop")) {
            throw new IllegalArgumentException(
                    type + " changes " + (tokens ? "numbers" : "tokens") + ", found " + found + "; leave it out");
        }
        boolean forImages = switch (type) {
            case "flip", "crop", "rotate", "cutout" -> true;
            default -> false;
        };
        if (forImages && shape.length != 3) {
            throw new IllegalArgumentException(
                    type + " changes images [channels, height, width], found " + found + "; leave it out");
        }
        switch (type) {
            case "flip" -> {
                check(type, amount, amount == 0 || amount == 1, "0 (left to right) or 1 (upside down)");
                return new Flip(shape, amount == 1);
            }
            case "crop" -> {
                check(
                        type,
                        amount,
                        amount >= 1 && amount == Math.rint(amount) && amount <= 1 << 16,
                        "whole pixels, from 1");
                return new Crop(shape, (int) amount);
            }
            case "rotate" -> {
                check(type, amount, amount > 0 && amount <= 180, "degrees in 0 < x ≤ 180");
                return new Rotate(shape, amount);
            }
            case "noise" -> {
                check(type, amount, amount > 0 && Double.isFinite(amount), "a standard deviation greater than 0");
                return new Noise(shape, amount);
            }
            case "cutout" -> {
                check(
                        type,
                        amount,
                        amount >= 1 && amount == Math.rint(amount) && amount <= 1 << 16,
                        "whole pixels, from 1");
                return new Cutout(shape, (int) amount);
            }
            case "time-shift" -> {
                check(type, amount, amount > 0 && amount <= 1, "a share of the length in 0 < x ≤ 1");
                return new TimeShift(shape, amount);
            }
            case "token-drop" -> {
                check(type, amount, amount > 0 && amount < 1, "a probability in 0 < p < 1");
                return new TokenDrop(amount);
            }
            default ->
                throw new IllegalArgumentException("augmentation '" + type
                        + "', wanted one of flip, crop, rotate, noise," + " mixup, cutout, time-shift, token-drop");
        }
    }

    private static void check(String type, double amount, boolean fits, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException(type + ": " + amount + ", wanted " + wanted);
        }
    }

    private static int elements(long[] shape) {
        long product = 1;
        for (long extent : shape) {
            product *= extent;
        }
        return Math.toIntExact(product);
    }

    /** Mirrors an image. */
    private static final class Flip extends Augmentation {
        private final int channels;
        private final int height;
        private final int width;
        private final boolean vertical;

        Flip(long[] shape, boolean vertical) {
            this.channels = (int) shape[0];
            this.height = (int) shape[1];
            this.width = (int) shape[2];
            this.vertical = vertical;
        }

        @Override
        public void change(float[] x, int offset, Draws draws) {
            // In pairs: one image is many rows, or, upside down, many columns.
            int lines = vertical ? width : height;
            int length = vertical ? height : width;
            int lineStep = vertical ? 1 : width;
            int step = vertical ? width : 1;
            for (int c = 0; c < channels; c++) {
                for (int line = 0; line < lines; line++) {
                    int first = offset + c * height * width + line * lineStep;
                    for (int a = 0, b = length - 1; a < b; a++, b--) {
                        float kept = x[first + a * step];
                        x[first + a * step] = x[first + b * step];
                        x[first + b * step] = kept;
                    }
                }
            }
        }
    }

    /** Puts a border of zeros around an image and cuts out a window of the old size at a random place. */
    private static final class Crop extends Augmentation {
        private final int channels;
        private final int height;
        private final int width;
        private final int padding;
        private final float[] copy;

        Crop(long[] shape, int padding) {
            this.channels = (int) shape[0];
            this.height = (int) shape[1];
            this.width = (int) shape[2];
            this.padding = padding;
            this.copy = new float[elements(shape)];
        }

        @Override
        public void change(float[] x, int offset, Draws draws) {
            int down = draws.nextInt(2 * padding + 1) - padding;
            int right = draws.nextInt(2 * padding + 1) - padding;
            System.arraycopy(x, offset, copy, 0, copy.length);
            Arrays.fill(x, offset, offset + copy.length, 0);
            int rows = height - Math.abs(down);
            int columns = width - Math.abs(right);
            if (rows <= 0 || columns <= 0) {
                return;
            }
            for (int c = 0; c < channels; c++) {
                for (int row = 0; row < rows; row++) {
                    int from = (c * height + row + Math.max(0, down)) * width + Math.max(0, right);
                    int to = (c * height + row + Math.max(0, -down)) * width + Math.max(0, -right);
                    System.arraycopy(copy, from, x, offset + to, columns);
                }
            }
        }
    }

    /** Turns an image about its centre by up to so many degrees either way; bilinear, zeros from outside. */
    private static final class Rotate extends Augmentation {
        private final int channels;
        private final int height;
        private final int width;
        private final double degrees;
        private final float[] copy;

        Rotate(long[] shape, double degrees) {
            this.channels = (int) shape[0];
            this.height = (int) shape[1];
            this.width = (int) shape[2];
            this.degrees = degrees;
            this.copy = new float[elements(shape)];
        }

        @Override
        public void change(float[] x, int offset, Draws draws) {
            double angle = Math.toRadians((2 * draws.nextDouble() - 1) * degrees);
            System.arraycopy(x, offset, copy, 0, copy.length);
            turn(copy, x, offset, channels, height, width, angle);
        }
    }

    /** Turns an image counter-clockwise (in a picture whose rows run downwards) by an angle in radians. */
    static void turn(float[] from, float[] to, int offset, int channels, int height, int width, double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double centreY = (height - 1) / 2.0;
        double centreX = (width - 1) / 2.0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double dx = column - centreX;
                double dy = row - centreY;
                double sourceX = centreX + cos * dx - sin * dy;
                double sourceY = centreY + sin * dx + cos * dy;
                int left = (int) Math.floor(sourceX);
                int top = (int) Math.floor(sourceY);
                double right = sourceX - left;
                double below = sourceY - top;
                for (int c = 0; c < channels; c++) {
                    int plane = c * height * width;
                    double upper = (1 - right) * pixel(from, plane, height, width, top, left)
                            + right * pixel(from, plane, height, width, top, left + 1);
                    double lower = (1 - right) * pixel(from, plane, height, width, top + 1, left)
                            + right * pixel(from, plane, height, width, top + 1, left + 1);
                    to[offset + plane + row * width + column] = (float) ((1 - below) * upper + below * lower);
                }
            }
        }
    }

    private static float pixel(float[] from, int plane, int height, int width, int row, int column) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        return inside ? from[plane + row * width + column] : 0;
    }

    /** Adds normal noise to every number. */
    private static final class Noise extends Augmentation {
        private final int elements;
        private final double deviation;

        Noise(long[] shape, double deviation) {
            this.elements = elements(shape);
            this.deviation = deviation;
        }

        @Override
        public void change(float[] x, int offset, Draws draws) {
            for (int i = offset; i < offset + elements; i++) {
                x[i] = (float) (x[i] + deviation * draws.nextGaussian());
            }
        }
    }

    /**
     * Blanks a square about a random pixel, cut off at the border (DeVries and Taylor: Improved regularization of
     * convolutional neural networks with cutout, 2017).
     */
    private static final class Cutout extends Augmentation {
        private final int channels;
        private final int height;
        private final int width;
        private final int side;

        Cutout(long[] shape, int side) {
            this.channels = (int) shape[0];
            this.height = (int) shape[1];
            this.width = (int) shape[2];
            this.side = side;
        }

        @Override
        public void change(float[] x, int offset, Draws draws) {
            int top = draws.nextInt(height) - side / 2;
            int left = draws.nextInt(width) - side / 2;
            int bottom = Math.min(height, top + side);
            int right = Math.min(width, left + side);
            for (int c = 0; c < channels; c++) {
                for (int row = Math.max(0, top); row < bottom; row++) {
                    int line = offset + (c * height + row) * width;
                    Arrays.fill(x, line + Math.max(0, left), line + right, 0);
                }
            }
        }
    }

    /**
     * Moves everything along the time axis; what leaves at one end comes in at the other, so that no value appears that the
     * example did not have. Time is the last axis, but for sequences [length, features].
     */
    private static final class TimeShift extends Augmentation {
        private final int lines;
        private final int length;
        private final int stride;
        private final int most;
        private final float[] copy;

        TimeShift(long[] shape, double share) {
            boolean rowsAreTimes = shape.length == 2 && shape[0] != 1;
            this.length = (int) (rowsAreTimes ? shape[0] : shape[shape.length - 1]);
            this.stride = rowsAreTimes ? (int) shape[1] : 1;
            this.lines = elements(shape) / length / stride;
            this.most = (int) Math.floor(share * length);
            this.copy = new float[length * stride];
        }

        @Override
        public void change(float[] x, int offset, Draws draws) {
            int shift = Math.floorMod(draws.nextInt(2 * most + 1) - most, length) * stride;
            for (int line = 0; line < lines; line++) {
                int start = offset + line * copy.length;
                System.arraycopy(x, start, copy, 0, copy.length);
                System.arraycopy(copy, 0, x, start + shift, copy.length - shift);
                System.arraycopy(copy, copy.length - shift, x, start, shift);
            }
        }
    }

    /**
     * Leaves out each token with a probability, but never all; the rest moves up and padding fills the end (random deletion of
     * Wei and Zou: EDA, 2019).
     */
    private static final class TokenDrop extends Augmentation {
        private final double probability;

        TokenDrop(double probability) {
            this.probability = probability;
        }

        @Override
        public int changeTokens(long[] x, int offset, int used, long padding, Draws draws) {
            if (used == 0) {
                return 0;
            }
            long spared = x[offset + draws.nextInt(used)];
            int kept = 0;
            for (int i = 0; i < used; i++) {
                if (!draws.happens(probability)) {
                    x[offset + kept] = x[offset + i];
                    kept++;
                }
            }
            if (kept == 0) {
                x[offset] = spared;
                kept = 1;
            }
            Arrays.fill(x, offset + kept, offset + used, padding);
            return kept;
        }
    }
}
