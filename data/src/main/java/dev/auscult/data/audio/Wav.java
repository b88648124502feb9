package dev.auscult.data.audio;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A WAV file (RIFF): PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64 bits. Messages do not name the file.
 *
 * @param rate samples per second
 * @param channels interleaved channels
 * @param bits of one sample of one channel
 * @param floats whether samples are floats; else whole numbers
 * @param frames number of samples of each channel
 * @param dataStart place of the first sample in the file, in bytes
 */
public record Wav(int rate, int channels, int bits, boolean floats, int frames, long dataStart) {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MOST_CHANNELS = 64;
    private static final int HIGHEST_RATE = 384_000;
    /** One GiB of floats. */
    private static final int MOST_FRAMES = 1 << 28;
    /** The size that a program writes which does not know it yet. */
    private static final long UNKNOWN = 0xFFFF_FFFFL;

    /** Whether a file has the name of a sound file. */
    public static boolean named(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".wav") || name.endsWith(".wave");
    }

    /** Reads what a file says about itself. */
    public static Wav open(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] start = in.readNBytes(12);
            if (start.length < 12
                    || !name(start, 0).equals("RIFF")
                    || !name(start, 8).equals("WAVE")) {
                throw new IOException("is no WAV file (RIFF … WAVE)");
            }
            ByteBuffer format = null;
            long place = 12;
            while (true) {
                byte[] head = in.readNBytes(8);
                if (head.length < 8) {
                    throw new EOFException("ends before the samples; it was cut off");
                }
                place += 8;
                long length =
                        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFF_FFFFL;
                if (name(head, 0).equals("data")) {
                    if (format == null) {
                        throw new IOException("has samples before it says of what kind they are (no fmt chunk)");
                    }
                    return wav(format, place, length, size);
                }
                if (name(head, 0).equals("fmt ")) {
                    byte[] body = in.readNBytes((int) Math.min(length, 40));
                    if (body.length < 16) {
                        throw new IOException("has a fmt chunk of " + body.length + " bytes, wanted at least 16");
                    }
                    format = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
                    skip(in, length - body.length + (length & 1));
                } else {
                    skip(in, length + (length & 1));
                }
                place += length + (length & 1);
            }
        }
    }

    private static Wav wav(ByteBuffer format, long place, long length, long size) throws IOException {
        int code = format.getShort(0) & 0xFFFF;
        if (code == EXTENSIBLE && format.limit() >= 26) {
            code = format.getShort(24) & 0xFFFF;
        }
        int channels = format.getShort(2) & 0xFFFF;
        long rate = format.getInt(4) & 0xFFFF_FFFFL;
        int bits = format.getShort(14) & 0xFFFF;
        boolean fits = switch (code) {
            case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
            case FLOAT -> bits == 32 || bits == 64;
            default -> false;
        };
        if (!fits) {
            throw new IOException(
                    "has samples of format " + code + " with " + bits
                            + " bits, wanted PCM (1) of 8, 16, 24 or 32 or float (3) of 32 or 64; convert it, say with sox or ffmpeg");
        }
        if (channels < 1 || channels > MOST_CHANNELS || rate < 1 || rate > HIGHEST_RATE) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "has %d channels at %,d Hz, wanted 1 to %d at 1 to %,d Hz",
                    channels,
                    rate,
                    MOST_CHANNELS,
                    HIGHEST_RATE));
        }
        long there = size - place;
        if (length != UNKNOWN && length > there) {
            throw new EOFException(String.format(
                    Locale.ROOT, "announces %,d bytes of samples and holds %,d; it was cut off", length, there));
        }
        long frames = Math.min(length, there) / (channels * (bits / 8L));
        if (frames > MOST_FRAMES) {
            throw new IOException(String.format(
                    Locale.ROOT, "has %,d samples, wanted at most %,d; cut it into pieces", frames, MOST_FRAMES));
        }
        return new Wav((int) rate, channels, bits, code == FLOAT, (int) frames, place);
    }

    private static void skip(InputStream in, long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw new IOException("ends before the samples; it was cut off", e);
        }
    }

    private static String name(byte[] bytes, int offset) {
        return new String(bytes, offset, 4, StandardCharsets.US_ASCII);
    }

    /** The samples −1..1, the channels averaged [frames]. */
    public float[] samples(Path file) throws IOException {
        float[] samples = new float[frames];
        int[] done = {0};
        read(file, (block, count) -> {
            for (int i = 0; i < count; i++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += block[i * channels + c];
                }
                samples[done[0] + i] = (float) (sum / channels);
            }
            done[0] += count;
        });
        return samples;
    }

    /** Takes the samples block by block. */
    @FunctionalInterface
    public interface Sink {
        /**
         * The next block.
         *
         * @param block samples −1..1 [count, channels]; used again for the next block
         * @param count samples of each channel
         */
        void take(double[] block, int count);
    }

    /** Reads the samples block by block, so that a long sound takes no more memory than a short one. */
    public void read(Path file, Sink sink) throws IOException {
        int width = bits / 8;
        int frame = width * channels;
        byte[] bytes = new byte[frame * Math.max(1, (1 << 16) / frame)];
        double[] block = new double[bytes.length / width];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try (InputStream in = Files.newInputStream(file)) {
            skip(in, dataStart);
            for (int done = 0; done < frames; ) {
                int now = Math.min(frames - done, bytes.length / frame);
                if (in.readNBytes(bytes, 0, now * frame) < now * frame) {
                    throw new EOFException("became shorter while it was read");
                }
                for (int i = 0; i < now * channels; i++) {
                    block[i] = sample(buffer, i * width);
                }
                sink.take(block, now);
                done += now;
            }
        }
    }

    private double sample(ByteBuffer buffer, int at) {
        if (floats) {
            return bits == 32 ? buffer.getFloat(at) : buffer.getDouble(at);
        }
        return switch (bits) {
            case 8 -> ((buffer.get(at) & 0xFF) - 128) / 128.0;
            case 16 -> buffer.getShort(at) / 32768.0;
            case 24 -> ((buffer.getShort(at) & 0xFFFF) | buffer.get(at + 2) << 16) / 8388608.0;
            default -> buffer.getInt(at) / 2147483648.0;
        };
    }
}
