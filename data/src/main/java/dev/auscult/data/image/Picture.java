package dev.auscult.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A picture as bytes 0..255 [channels, height, width], read from a PNG, JPEG, GIF, BMP or WebP file. */
public final class Picture {
    /** More pixels are refused from the header alone: a file of a kilobyte may announce four billion. */
    private static final long MOST_PIXELS = 1L << 26;

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp");

    private final int channels;
    private final int height;
    private final int width;
    private final byte[] pixels;

    private Picture(int channels, int height, int width, byte[] pixels) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
    }

    /** A picture of given bytes [channels, height, width], kept without a copy; 1 or 3 channels. */
    public static Picture of(int channels, int height, int width, byte[] pixels) {
        return new Picture(channels, height, width, pixels);
    }

    /** Whether a file has the name of a picture. */
    public static boolean named(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** 1 for grey, 3 for red, green and blue. */
    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** The bytes themselves, not a copy [channels, height, width]. */
    public byte[] pixels() {
        return pixels;
    }

    /**
     * Reads a file; of several pictures in it the first. Transparency is left out.
     *
     * @throws IOException where it is no picture that can be used; the message does not name the file
     */
    public static Picture read(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException("cannot be opened");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("is no PNG, JPEG, GIF, BMP or WebP picture, or was cut off");
            }
            ImageReader reader = readers.next();
            try {
                return read(reader, in);
            } catch (IIOException | EOFException | RuntimeException e) {
                // Decoders meet damage with whatever exception comes first.
                throw new IOException("is damaged (" + firstLine(e) + ")", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Picture read(ImageReader reader, ImageInputStream in) throws IOException {
        reader.setInput(in, true, true);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width < 1 || height < 1 || width * height > MOST_PIXELS) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "has %,d×%,d pixels, wanted at most %,d in all; make it smaller",
                    width,
                    height,
                    MOST_PIXELS));
        }
        String[] cut = new String[1];
        reader.addIIOReadWarningListener((source, warning) -> {
            String text = warning.toLowerCase(Locale.ROOT);
            if (text.contains("truncated") || text.contains("premature") || text.contains("corrupt")) {
                cut[0] = warning;
            }
        });
        BufferedImage image = reader.read(0, reader.getDefaultReadParam());
        if (cut[0] != null) {
            throw new IOException("is damaged (" + cut[0] + ")");
        }
        return of(image);
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static Picture of(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        boolean indexed = colors instanceof IndexColorModel;
        if (!indexed && colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return grey(image);
        }
        int width = image.getWidth();
        int height = image.getHeight();
        int plane = width * height;
        byte[] pixels = new byte[3 * plane];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                pixels[at] = (byte) (row[x] >> 16);
                pixels[plane + at] = (byte) (row[x] >> 8);
                pixels[2 * plane + at] = (byte) row[x];
            }
        }
        return new Picture(3, height, width, pixels);
    }

    /** The samples as they are: Java would take grey for linear light and brighten it on the way to RGB. */
    private static Picture grey(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        int most = (1 << Math.min(16, image.getColorModel().getComponentSize(0))) - 1;
        byte[] pixels = new byte[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = (byte) (most == 255 ? row[x] : (row[x] * 255L + most / 2) / most);
            }
        }
        return new Picture(1, height, width, pixels);
    }

    /** The same picture in grey (luma of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B) or with three equal channels. */
    public Picture withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        int plane = width * height;
        byte[] converted = new byte[wanted * plane];
        for (int i = 0; i < plane; i++) {
            if (wanted == 3) {
                converted[i] = pixels[i];
                converted[plane + i] = pixels[i];
                converted[2 * plane + i] = pixels[i];
            } else {
                int red = pixels[i] & 0xFF;
                int green = pixels[plane + i] & 0xFF;
                int blue = pixels[2 * plane + i] & 0xFF;
                // In 16 bits, rounded, as Pillow does it.
                converted[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
            }
        }
        return new Picture(wanted, height, width, converted);
    }

    /**
     * The same picture in another size: bilinear where it grows, and where it shrinks the triangle is as wide as the pixels
     * that become one, so that nothing is skipped (the {@code BILINEAR} of Pillow).
     */
    public Picture resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        Weights across = new Weights(width, newWidth);
        Weights down = new Weights(height, newHeight);
        byte[] result = new byte[channels * newHeight * newWidth];
        float[] narrow = new float[height * newWidth];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                int line = (c * height + y) * width;
                for (int x = 0; x < newWidth; x++) {
                    float sum = 0;
                    for (int k = 0; k < across.count[x]; k++) {
                        sum += across.weight[x * across.most + k] * (pixels[line + across.first[x] + k] & 0xFF);
                    }
                    narrow[y * newWidth + x] = sum;
                }
            }
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    float sum = 0;
                    for (int k = 0; k < down.count[y]; k++) {
                        sum += down.weight[y * down.most + k] * narrow[(down.first[y] + k) * newWidth + x];
                    }
                    result[(c * newHeight + y) * newWidth + x] = (byte) Math.min(255, Math.max(0, Math.round(sum)));
                }
            }
        }
        return new Picture(channels, newHeight, newWidth, result);
    }

    /** For each new pixel along one axis: which old ones it is made of, and how much of each. */
    private static final class Weights {
        private final int most;
        private final int[] first;
        private final int[] count;
        private final float[] weight;

        Weights(int from, int to) {
            double scale = (double) from / to;
            double reach = Math.max(scale, 1);
            most = (int) Math.ceil(reach) * 2 + 1;
            first = new int[to];
            count = new int[to];
            weight = new float[to * most];
            double[] own = new double[most];
            for (int x = 0; x < to; x++) {
                double centre = (x + 0.5) * scale;
                first[x] = Math.max(0, (int) (centre - reach + 0.5));
                count[x] = Math.min(from, (int) (centre + reach + 0.5)) - first[x];
                double sum = 0;
                for (int k = 0; k < count[x]; k++) {
                    own[k] = Math.max(0, 1 - Math.abs((first[x] + k + 0.5 - centre) / reach));
                    sum += own[k];
                }
                for (int k = 0; k < count[x]; k++) {
                    weight[x * most + k] = (float) (own[k] / sum);
                }
            }
        }
    }
}
