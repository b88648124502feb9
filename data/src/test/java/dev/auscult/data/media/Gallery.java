package dev.auscult.data.media;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/** Draws pictures for tests: coloured noise at several scales, as photographs have it, none like another. */
final class Gallery {
    private Gallery() {}

    /** A picture with detail at every scale (its power falls with the square of the frequency), from a seed of its own. */
    static BufferedImage photo(long seed, int width, int height) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double[][] planes = new double[3][];
        double[] shared = noise(random, width, height);
        for (int c = 0; c < 3; c++) {
            double[] own = noise(random, width, height);
            planes[c] = new double[own.length];
            for (int i = 0; i < own.length; i++) {
                planes[c][i] = 128 + 40 * shared[i] + 15 * own[i];
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                image.setRGB(x, y, level(planes[0][at]) << 16 | level(planes[1][at]) << 8 | level(planes[2][at]));
            }
        }
        return image;
    }

    private static double[] noise(Random random, int width, int height) {
        double[] sum = new double[width * height];
        for (int cell = 1; cell <= 32; cell *= 2) {
            int across = width / cell + 2;
            double[] grid = new double[across * (height / cell + 2)];
            Arrays.setAll(grid, i -> random.nextGaussian());
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double u = (double) (x % cell) / cell;
                    double v = (double) (y % cell) / cell;
                    int at = y / cell * across + x / cell;
                    double top = grid[at] * (1 - u) + grid[at + 1] * u;
                    double bottom = grid[at + across] * (1 - u) + grid[at + across + 1] * u;
                    sum[y * width + x] += 0.35 * Math.sqrt(cell) * (top * (1 - v) + bottom * v);
                }
            }
        }
        return sum;
    }

    static int level(double value) {
        return (int) Math.round(Math.min(255, Math.max(0, value)));
    }

    /** The picture with every channel of every pixel changed. */
    static BufferedImage changed(BufferedImage from, IntUnaryOperator change) {
        BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < from.getHeight(); y++) {
            for (int x = 0; x < from.getWidth(); x++) {
                int rgb = from.getRGB(x, y);
                to.setRGB(
                        x,
                        y,
                        change.applyAsInt(rgb >> 16 & 0xFF) << 16
                                | change.applyAsInt(rgb >> 8 & 0xFF) << 8
                                | change.applyAsInt(rgb & 0xFF));
            }
        }
        return to;
    }

    static BufferedImage grey(BufferedImage from) {
        BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < from.getHeight(); y++) {
            for (int x = 0; x < from.getWidth(); x++) {
                int level = from.getRGB(x, y) >> 8 & 0xFF;
                to.setRGB(x, y, level << 16 | level << 8 | level);
            }
        }
        return to;
    }

    /** The mean over squares of (2 r + 1)² pixels. */
    static BufferedImage blurred(BufferedImage from, int r) {
        int side = 2 * r + 1;
        float[] weights = new float[side * side];
        Arrays.fill(weights, 1f / weights.length);
        return new ConvolveOp(new Kernel(side, side, weights), ConvolveOp.EDGE_NO_OP, null).filter(from, null);
    }

    static void save(BufferedImage image, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    }

    /** Healthy pictures of two classes, half each: {@code a/000.png} … */
    static void healthy(Path folder, int count, long seed) throws IOException {
        for (int i = 0; i < count; i++) {
            save(photo(seed + i, 72, 64), folder.resolve(String.format("%s/%03d.png", i % 2 == 0 ? "a" : "b", i)));
        }
    }
}
