package dev.auscult.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes in the ways that discs, editors and attackers do; the same seed damages alike. */
public final class Mutations {
    private static final int LARGEST = 1 << 18;

    private static final List<String> INSERTIONS = List.of(
            "99999999999999999999999999999",
            "-1",
            "1e999",
            "9223372036854775807",
            "NaN",
            ",",
            ",,,,,,,,,,,,,,,,,,,,,,",
            "\n",
            "\r",
            "\u0000",
            "\"",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":{\"a\":",
            "<<<<<<< HEAD\n",
            "=======\n",
            "\u001b[31m",
            "\u00ff\u00ff\u00ff\u007f");

    private final Random random;

    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** A damaged copy. */
    public byte[] mutate(byte[] original) {
        byte[] bytes = original.length > LARGEST ? Arrays.copyOf(original, LARGEST) : original.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(4096));
                yield splice(bytes, at, Arrays.copyOfRange(bytes, at, at + length));
            }
            case 3 -> {
                String text = INSERTIONS.get(random.nextInt(INSERTIONS.size()));
                yield splice(bytes, at, text.getBytes(StandardCharsets.ISO_8859_1));
            }
            default -> {
                byte[] noise = new byte[1 + random.nextInt(16)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
                yield bytes;
            }
        };
    }

    private static byte[] splice(byte[] bytes, int at, byte[] part) {
        byte[] longer = new byte[bytes.length + part.length];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(part, 0, longer, at, part.length);
        System.arraycopy(bytes, at, longer, at + part.length, bytes.length - at);
        return longer;
    }
}
