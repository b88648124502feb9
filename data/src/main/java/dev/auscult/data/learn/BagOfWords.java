package dev.auscult.data.learn;

import java.util.Arrays;
import java.util.List;

/**
 * Texts as counts of their words and of pairs of neighbouring words, hashed into a fixed number of places (Weinberger and others
 * 2009), weighed by how few texts have them (log(1 + count) times log((1 + texts) / (1 + texts with it)) + 1), each text of length 1.
 */
public final class BagOfWords {
    static final int PLACES = 1 << 18;
    /** More words of a text than this are not read. */
    private static final int MOST_WORDS = 2_000;

    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    private final int[] start;
    private final int[] place;
    private final float[] weight;

    private BagOfWords(int[] start, int[] place, float[] weight) {
        this.start = start;
        this.place = place;
        this.weight = weight;
    }

    /** The words of texts; without regard to case, a word is a run of letters and digits. */
    public static BagOfWords of(List<String> texts) {
        int rows = texts.size();
        int[] start = new int[rows + 1];
        int[] place = new int[1 << 12];
        float[] weight = new float[place.length];
        int[] inTexts = new int[PLACES];
        int used = 0;
        int[] found = new int[2 * MOST_WORDS];
        for (int i = 0; i < rows; i++) {
            int count = places(texts.get(i), found);
            Arrays.sort(found, 0, count);
            if (used + count > place.length) {
                int room = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(used + (long) count, 2L * place.length));
                place = Arrays.copyOf(place, room);
                weight = Arrays.copyOf(weight, room);
            }
            for (int j = 0; j < count; ) {
                int same = j;
                while (same < count && found[same] == found[j]) {
                    same++;
                }
                place[used] = found[j];
                weight[used++] = (float) Math.log1p(same - j);
                inTexts[found[j]]++;
                j = same;
            }
            start[i + 1] = used;
        }
        for (int i = 0; i < rows; i++) {
            double squares = 0;
            for (int j = start[i]; j < start[i + 1]; j++) {
                weight[j] *= (float) (Math.log((1.0 + rows) / (1.0 + inTexts[place[j]])) + 1);
                squares += (double) weight[j] * weight[j];
            }
            for (int j = start[i]; j < start[i + 1]; j++) {
                weight[j] /= (float) Math.sqrt(squares);
            }
        }
        return new BagOfWords(start, Arrays.copyOf(place, used), Arrays.copyOf(weight, used));
    }

    /** Fills in the places of words and pairs of words; gives how many. */
    private static int places(String text, int[] into) {
        int count = 0;
        int words = 0;
        long before = 0;
        long hash = OFFSET;
        boolean within = false;
        for (int at = 0; at <= text.length() && words < MOST_WORDS; at++) {
            char c = at < text.length() ? Character.toLowerCase(text.charAt(at)) : ' ';
            if (Character.isLetterOrDigit(c)) {
                hash = (hash ^ c) * PRIME;
                within = true;
            } else if (within) {
                into[count++] = place(hash);
                if (words > 0) {
                    into[count++] = place((before * PRIME + 1) ^ hash);
                }
                words++;
                before = hash;
                hash = OFFSET;
                within = false;
            }
        }
        return count;
    }

    private static int place(long hash) {
        // The high bits of a product by the golden ratio depend on all bits.
        return (int) ((hash * 0x9e3779b97f4a7c15L) >>> 46);
    }

    public int rows() {
        return start.length - 1;
    }

    int from(int row) {
        return start[row];
    }

    int to(int row) {
        return start[row + 1];
    }

    int place(int entry) {
        return place[entry];
    }

    float weight(int entry) {
        return weight[entry];
    }
}
