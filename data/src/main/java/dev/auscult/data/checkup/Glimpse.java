package dev.auscult.data.checkup;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;

import dev.auscult.data.audio.Wav;
import dev.auscult.data.image.Picture;

/**
 * A small picture or a short sound that shows an example in a report.
 *
 * @param type media type: {@code image/png} or {@code audio/wav}
 * @param base64 its bytes in base 64
 */
public record Glimpse(String type, String base64) {
    /** Longest side of a picture, in pixels. */
    private static final int SIDE = 96;
    /** A longer sound would make a report too large. */
    private static final long MOST_SOUND_BYTES = 200_000;
    /** A larger file is not opened for a small picture of it. */
    private static final long MOST_PICTURE_BYTES = 50_000_000;

    public Glimpse {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(base64, "base64");
    }

    /** Of a picture or sound file; empty where it is neither, is too large, or cannot be read. */
    public static Optional<Glimpse> of(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Picture.named(file) && Files.size(file) <= MOST_PICTURE_BYTES) {
                return Optional.of(picture(Picture.read(file)));
            }
            if (Wav.named(file) && Files.size(file) <= MOST_SOUND_BYTES) {
                return Optional.of(new Glimpse("audio/wav", base64(Files.readAllBytes(file))));
            }
            return Optional.empty();
        } catch (IOException e) {
            // It is only an illustration: what cannot be read has a finding of its own.
            return Optional.empty();
        }
    }

    /**
     * Of a picture in an array; its own least and largest number become black and white where they are no brightness.
     *
     * @param values levels 0..255 or 0..1, or any others
     * @param shape [channels, height, width]
     */
    static Optional<Glimpse> of(float[] values, long[] shape) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            if (Float.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low >= 0 && high <= 255) {
            low = 0;
            high = high <= 1 ? 1 : 255;
        }
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            float share = Float.isFinite(values[i]) && high > low ? (values[i] - low) / (high - low) : 0;
            pixels[i] = (byte) Math.round(255 * share);
        }
        try {
            return Optional.of(picture(Picture.of((int) shape[0], (int) shape[1], (int) shape[2], pixels)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of a picture. */
    static Glimpse picture(Picture whole) throws IOException {
        double scale = Math.min(1, (double) SIDE / Math.max(whole.width(), whole.height()));
        Picture small = whole.resized(Math.max(1, (int) Math.round(scale * whole.height())), Math.max(1, (int)
                Math.round(scale * whole.width())));
        int plane = small.width() * small.height();
        byte[] pixels = small.pixels();
        BufferedImage image = new BufferedImage(small.width(), small.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < plane; i++) {
            int red = pixels[i] & 0xff;
            int green = small.channels() == 1 ? red : pixels[plane + i] & 0xff;
            int blue = small.channels() == 1 ? red : pixels[2 * plane + i] & 0xff;
            image.setRGB(i % small.width(), i / small.width(), red << 16 | green << 8 | blue);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return new Glimpse("image/png", base64(png.toByteArray()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
