package dev.auscult.app.faults;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/** Changes of a picture in a file. */
final class Pictures {
    private Pictures() {}

    static byte[] encode(BufferedImage picture) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage decode(byte[] file) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
            if (picture == null) {
                throw new IllegalArgumentException("found no picture; wanted the content of an image file");
            }
            return picture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with each sample (0..255) of each channel changed. */
    static byte[] samples(byte[] file, IntUnaryOperator change) {
        BufferedImage picture = decode(file);
        var raster = picture.getRaster();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                for (int band = 0; band < raster.getNumBands(); band++) {
                    int sample = change.applyAsInt(raster.getSample(x, y, band));
                    raster.setSample(x, y, band, Math.max(0, Math.min(255, sample)));
                }
            }
        }
        return encode(picture);
    }

    static byte[] dark(byte[] file) {
        return samples(file, s -> s / 20);
    }

    static byte[] light(byte[] file) {
        return samples(file, s -> 250 + s / 50);
    }

    static byte[] uniform(byte[] file) {
        return samples(file, s -> 128);
    }

    /** A box filter of eleven pixels, twice: about a Gaussian of 4.5 pixels. */
    static byte[] blurred(byte[] file) {
        int width = 11;
        float[] weights = new float[width * width];
        Arrays.fill(weights, 1f / weights.length);
        ConvolveOp box = new ConvolveOp(new Kernel(width, width, weights), ConvolveOp.EDGE_NO_OP, null);
        BufferedImage picture = padded(decode(file), width);
        return encode(cropped(box.filter(box.filter(picture, null), null), width));
    }

    private static BufferedImage padded(BufferedImage picture, int by) {
        BufferedImage larger =
                new BufferedImage(picture.getWidth() + 2 * by, picture.getHeight() + 2 * by, picture.getType());
        for (int y = 0; y < larger.getHeight(); y++) {
            for (int x = 0; x < larger.getWidth(); x++) {
                int fromX = Math.max(0, Math.min(picture.getWidth() - 1, x - by));
                int fromY = Math.max(0, Math.min(picture.getHeight() - 1, y - by));
                larger.setRGB(x, y, picture.getRGB(fromX, fromY));
            }
        }
        return larger;
    }

    private static BufferedImage cropped(BufferedImage picture, int by) {
        return picture.getSubimage(by, by, picture.getWidth() - 2 * by, picture.getHeight() - 2 * by);
    }

    /** Twelve times as wide as high. */
    static byte[] stretched(byte[] file) {
        BufferedImage picture = decode(file);
        BufferedImage wide = new BufferedImage(4 * picture.getWidth(), picture.getHeight() / 3, picture.getType());
        for (int y = 0; y < wide.getHeight(); y++) {
            for (int x = 0; x < wide.getWidth(); x++) {
                wide.setRGB(x, y, picture.getRGB(x / 4, 3 * y));
            }
        }
        return encode(wide);
    }

    /** Without its colours, in as many channels as before. */
    static byte[] grey(byte[] file) {
        BufferedImage picture = decode(file);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int green = picture.getRGB(x, y) >> 8 & 0xFF;
                picture.setRGB(x, y, green << 16 | green << 8 | green);
            }
        }
        return encode(picture);
    }

    /** As after another compression: each sample up to two steps away. */
    static byte[] nearly(byte[] file, Random random) {
        return samples(file, s -> s + random.nextInt(5) - 2);
    }

    static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    /** The colour this far from the first to the second. */
    static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + share * (b - a)) << shift;
        }
        return mixed;
    }
}
