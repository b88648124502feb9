package dev.auscult.train.record;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A grid of small maps of numbers as a picture. */
public final class Picture {
    /** Small kernels are drawn at least this large [pixels]. */
    private static final int SMALLEST = 24;

    private static final int GAP = 2;
    private static final int GREY = 0x808080;

    private final BufferedImage image;
    private final int columns;
    private final int height;
    private final int width;
    private final int zoom;

    /**
     * An empty grid.
     *
     * @param rows rows of maps
     * @param columns maps in a row
     * @param height rows of numbers in a map
     * @param width numbers in a row of a map
     */
    Picture(int rows, int columns, int height, int width) {
        this.columns = columns;
        this.height = height;
        this.width = width;
        this.zoom = Math.max(1, SMALLEST / Math.max(height, width));
        this.image = new BufferedImage(
                columns * (width * zoom + GAP) + GAP, rows * (height * zoom + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, GREY);
            }
        }
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    /** Draws a map of numbers in shades of grey, {@code low} black and {@code high} white. */
    void grey(int tile, float[] numbers, int from, float low, float high) {
        for (int i = 0; i < height * width; i++) {
            int shade = level(numbers[from + i], low, high);
            dot(tile, i, shade << 16 | shade << 8 | shade);
        }
    }

    /** Draws a map of numbers of either sign: blue below zero, white at zero, red above. */
    void signed(int tile, float[] numbers, int from, float largest) {
        for (int i = 0; i < height * width; i++) {
            float v = numbers[from + i];
            int fade = 255 - level(Math.abs(v), 0, largest);
            dot(tile, i, v < 0 ? fade << 16 | fade << 8 | 255 : 255 << 16 | fade << 8 | fade);
        }
    }

    /** Draws three maps that lie one after the other as red, green and blue. */
    void colour(int tile, float[] numbers, int from, float low, float high) {
        int plane = height * width;
        for (int i = 0; i < plane; i++) {
            dot(
                    tile,
                    i,
                    level(numbers[from + i], low, high) << 16
                            | level(numbers[from + plane + i], low, high) << 8
                            | level(numbers[from + 2 * plane + i], low, high));
        }
    }

    private static int level(float v, float low, float high) {
        float share = high > low ? (v - low) / (high - low) : 0;
        return Float.isNaN(share) ? 0 : Math.round(255 * Math.max(0, Math.min(1, share)));
    }

    private void dot(int tile, int i, int colour) {
        int left = GAP + tile % columns * (width * zoom + GAP) + i % width * zoom;
        int top = GAP + tile / columns * (height * zoom + GAP) + i / width * zoom;
        for (int y = 0; y < zoom; y++) {
            for (int x = 0; x < zoom; x++) {
                image.setRGB(left + x, top + y, colour);
            }
        }
    }

    /** The picture as PNG. */
    public byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }
}
