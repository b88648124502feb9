package dev.auscult.data.media;

import dev.auscult.data.image.Picture;

/**
 * What is measured of one picture. The scores are those of cleanvision, 0..1, the lower the worse.
 *
 * @param width in pixels
 * @param height in pixels
 * @param grey whether it has one channel, or three that are equal
 * @param dark 99th percentile of the brightness √(0.241 R² + 0.691 G² + 0.068 B²) of the pixels
 * @param light 1 − their 5th percentile
 * @param entropy of the histogram of all channels, in bits
 * @param contrast standard deviation of the grey pixels, in levels of 255
 * @param edges see {@link #edgeScore}
 * @param sharpness ln (standard deviation of the Laplacian / contrast) of the grey picture, not longer than 64 pixels; NaN if
 *     it is flat
 * @param hash of size and pixels
 * @param thumbnail grey [32, 32]
 */
record PictureMeasures(
        int width,
        int height,
        boolean grey,
        double dark,
        double light,
        double entropy,
        double contrast,
        double edges,
        double sharpness,
        long hash,
        Thumbnail thumbnail) {
    private static final int LEVELS = 256;
    /** The longer side, in pixels, at which edges are looked for. */
    private static final int SIDE = 64;

    private static final double FLAT = 2;
    /** Below it the histogram is spread so evenly that its standard deviation says nothing. */
    private static final double SPREAD = 0.18;

    private static final double SCALE = 0.01;

    /**
     * A grey thumbnail.
     *
     * @param pixels bytes [32, 32], not copied
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Thumbnail(byte[] pixels) {}

    static PictureMeasures of(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        int[] channels = new int[LEVELS];
        for (byte b : picture.pixels()) {
            channels[b & 0xFF]++;
        }
        boolean grey = grey(picture);
        int[] brightness = picture.channels() == 1 ? channels : brightness(picture);
        long hash = Hash.of(Hash.of(Hash.START, width), height);
        Picture flat = picture.withChannels(1);
        double ratio = Math.max(width, height) / (double) SIDE;
        Picture small = ratio > 1
                ? flat.resized(Math.max(1, (int) (height / ratio)), Math.max(1, (int) (width / ratio)))
                : flat;
        double contrast = deviation(flat.pixels());
        // A grey picture is the same whether it was saved with one channel or with three.
        long pixels = Hash.of(hash, grey && picture.channels() == 3 ? onePlane(picture) : picture.pixels());
        return new PictureMeasures(
                width,
                height,
                grey,
                percentile(brightness, 0.99) / 255,
                1 - percentile(brightness, 0.05) / 255,
                entropy(channels, picture.pixels().length),
                contrast,
                edgeScore(small),
                sharpness(small),
                Hash.mix(pixels),
                new Thumbnail(
                        flat.resized(PerceptualHash.SIDE, PerceptualHash.SIDE).pixels()));
    }

    private static byte[] onePlane(Picture picture) {
        byte[] plane = new byte[picture.width() * picture.height()];
        System.arraycopy(picture.pixels(), 0, plane, 0, plane.length);
        return plane;
    }

    private static boolean grey(Picture picture) {
        byte[] pixels = picture.pixels();
        int plane = picture.width() * picture.height();
        for (int i = 0; picture.channels() == 3 && i < plane; i++) {
            if (pixels[i] != pixels[plane + i] || pixels[i] != pixels[2 * plane + i]) {
                return false;
            }
        }
        return true;
    }

    /** How many pixels have each brightness, rounded to 0..255. */
    private static int[] brightness(Picture picture) {
        byte[] pixels = picture.pixels();
        int plane = picture.width() * picture.height();
        int[] counts = new int[LEVELS];
        for (int i = 0; i < plane; i++) {
            int red = pixels[i] & 0xFF;
            int green = pixels[plane + i] & 0xFF;
            int blue = pixels[2 * plane + i] & 0xFF;
            counts[(int) Math.round(Math.sqrt(0.241 * red * red + 0.691 * green * green + 0.068 * blue * blue))]++;
        }
        return counts;
    }

    /** A percentile of values counted by level, linear between neighbours. */
    static double percentile(int[] counts, double share) {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        double at = share * (all - 1);
        long below = (long) at;
        int low = level(counts, below);
        int high = level(counts, Math.min(all - 1, below + 1));
        return low + (at - below) * (high - low);
    }

    private static int level(int[] counts, long rank) {
        long seen = 0;
        for (int level = 0; level < counts.length; level++) {
            seen += counts[level];
            if (seen > rank) {
                return level;
            }
        }
        return counts.length - 1;
    }

    /** Shannon's entropy of counts, in bits. */
    static double entropy(int[] counts, long all) {
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / all;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    private static double deviation(byte[] pixels) {
        long sum = 0;
        long squares = 0;
        for (byte b : pixels) {
            int value = b & 0xFF;
            sum += value;
            squares += (long) value * value;
        }
        double mean = (double) sum / pixels.length;
        return Math.sqrt(Math.max(0, (double) squares / pixels.length - mean * mean));
    }

    /**
     * The blurriness score of cleanvision: 1 − exp(−0.01 b), with b the standard deviation of the picture after the filter
     * FIND_EDGES of Pillow (8 times the pixel minus its neighbours, cut to 0..255, the border left as it is), plus
     * s = 1 − exp(−0.01 standard deviation of the counts of the histogram) if s is above 0.18; at most 1.
     */
    static double edgeScore(Picture grey) {
        int width = grey.width();
        int height = grey.height();
        byte[] pixels = grey.pixels();
        int[] counts = new int[LEVELS];
        long sum = 0;
        long squares = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int own = pixels[at] & 0xFF;
                counts[own]++;
                int edge = own;
                if (x > 0 && y > 0 && x < width - 1 && y < height - 1) {
                    int around = 0;
                    for (int line = at - width; line <= at + width; line += width) {
                        around += (pixels[line - 1] & 0xFF) + (pixels[line] & 0xFF) + (pixels[line + 1] & 0xFF);
                    }
                    edge = Math.min(255, Math.max(0, 9 * own - around));
                }
                sum += edge;
                squares += (long) edge * edge;
            }
        }
        double n = pixels.length;
        double mean = sum / n;
        double spread = 0;
        double usual = n / LEVELS;
        for (int count : counts) {
            spread += (count - usual) * (count - usual);
        }
        double blur = 1 - Math.exp(-SCALE * Math.sqrt(Math.max(0, squares / n - mean * mean)));
        double even = 1 - Math.exp(-SCALE * Math.sqrt(spread / LEVELS));
        return Math.min(1, blur + (even > SPREAD ? even : 0));
    }

    /** ln (standard deviation of the Laplacian / that of the pixels); NaN for a picture that is flat or below 3×3 pixels. */
    static double sharpness(Picture grey) {
        int width = grey.width();
        int height = grey.height();
        byte[] pixels = grey.pixels();
        double contrast = deviation(pixels);
        if (contrast < FLAT || width < 3 || height < 3) {
            return Double.NaN;
        }
        long sum = 0;
        long squares = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                int laplacian = 4 * (pixels[at] & 0xFF)
                        - (pixels[at - 1] & 0xFF)
                        - (pixels[at + 1] & 0xFF)
                        - (pixels[at - width] & 0xFF)
                        - (pixels[at + width] & 0xFF);
                sum += laplacian;
                squares += (long) laplacian * laplacian;
            }
        }
        double n = (double) (width - 2) * (height - 2);
        double mean = sum / n;
        double variance = squares / n - mean * mean;
        return variance > 0 ? 0.5 * Math.log(variance) - Math.log(contrast) : Double.NaN;
    }
}
