package dev.auscult.data.profile;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.data.table.Cells;
import dev.auscult.data.table.Dates;

/** What the cells of a column were, counted as they passed; of any type, since that is known at the end only. */
final class ColumnTally {
    /** Characters of a word that are kept. */
    static final int LONGEST_SHOWN = 200;

    private static final long DATE_LENGTH = 10;

    private final boolean hasMarkers;
    long empty;
    long marked;
    final Map<String, Long> markers = new TreeMap<>();
    /** Cells that are numbers, with infinities. */
    long numbers;

    long infinite;
    long zeros;
    private Moments moments = new Moments();
    /** Cells that are dates, yes or no. */
    long dates;

    long yesOrNo;
    private Moments days = new Moments();
    /** Cells that are no numbers, with dates, yes and no. */
    long words;

    long characters;
    long blanks;
    final HashSample differentNumbers;
    final HashSample differentWords;

    /**
     * @param hasMarkers whether words such as {@code NA} are missing values
     * @param different how many different values are kept
     */
    ColumnTally(boolean hasMarkers, int different) {
        this.hasMarkers = hasMarkers;
        differentNumbers = new HashSample(different, HashSample.Content.NUMBERS);
        differentWords = new HashSample(different, HashSample.Content.WORDS);
    }

    /** Counts a cell and gives its hash. */
    long text(char[] c, int offset, int length) {
        if (length == 0) {
            return missing();
        }
        char first = c[offset];
        boolean digit = first >= '0' && first <= '9';
        if (!digit && hasMarkers && Cells.missing(c, offset, length)) {
            marked++;
            markers.merge(new String(c, offset, length), 1L, Long::sum);
            return 1;
        }
        double value = first <= '9' || first == 'i' || first == 'I' ? Cells.number(c, offset, length) : Double.NaN;
        return Double.isNaN(value) ? word(c, offset, length, digit) : number(value);
    }

    private long word(char[] c, int offset, int length, boolean digit) {
        words++;
        characters += length;
        long state = length;
        int spaces = 0;
        for (int i = offset; i < offset + length; i++) {
            char x = c[i];
            state = state * HashSample.FACTOR + x;
            spaces += x == ' ' ? 1 : 0;
        }
        blanks += spaces;
        long hash = HashSample.mix(state);
        differentWords.add(c, offset, length, hash);
        if (digit && length >= DATE_LENGTH) {
            double day = Dates.days(c, offset, length);
            if (!Double.isNaN(day)) {
                dates++;
                days.add(day);
            }
        } else {
            yesOrNo += Cells.yesOrNo(c, offset, length) >= 0 ? 1 : 0;
        }
        return hash;
    }

    /** Counts a number and gives its hash. */
    long number(double value) {
        numbers++;
        if (Double.isInfinite(value)) {
            infinite++;
        } else {
            zeros += value == 0 ? 1 : 0;
            moments.add(value);
        }
        long hash = HashSample.hash(value);
        differentNumbers.add(value, hash);
        return hash;
    }

    long missing() {
        empty++;
        return 0;
    }

    /** Counts as often as is said what another counted, but for the moments. */
    void add(ColumnTally one, long times) {
        empty += one.empty * times;
        numbers += one.numbers * times;
        infinite += one.infinite * times;
        zeros += one.zeros * times;
        dates += one.dates * times;
        yesOrNo += one.yesOrNo * times;
        words += one.words * times;
        characters += one.characters * times;
        blanks += one.blanks * times;
        differentNumbers.putAll(one.differentNumbers, times);
        differentWords.putAll(one.differentWords, times);
    }

    /** Takes what was counted of a sample for all rows, of which so many hold something. */
    void scale(long allPresent, long rows) {
        double scale = present() == 0 ? 0 : (double) allPresent / present();
        words = allPresent - Math.round(numbers * scale);
        numbers = allPresent - words;
        dates = Math.round(dates * scale);
        yesOrNo = Math.round(yesOrNo * scale);
        characters = Math.round(characters * scale);
        blanks = Math.round(blanks * scale);
        empty = rows - allPresent;
    }

    /** What was counted of another instead, but for the moments. */
    void replace(ColumnTally all) {
        markers.clear();
        empty = 0;
        numbers = 0;
        infinite = 0;
        zeros = 0;
        dates = 0;
        yesOrNo = 0;
        words = 0;
        characters = 0;
        blanks = 0;
        differentNumbers.clear(-1);
        differentWords.clear(-1);
        add(all, 1);
    }

    /** What was counted of the numbers elsewhere. */
    void numbers(long all, long notFinite, long zero, Moments sums) {
        words = Math.max(0, present() - all);
        numbers = all;
        infinite = notFinite;
        zeros = zero;
        moments = sums;
    }

    /** What was counted of the dates elsewhere. */
    void dates(long all, Moments sums) {
        dates = all;
        days = sums;
    }

    Moments moments() {
        return moments;
    }

    /** Of the dates, in days. */
    Moments days() {
        return days;
    }

    /** Gives away the moments of what passed since the last time: of the numbers and of the days. */
    Moments[] take() {
        Moments[] taken = {moments, days};
        moments = new Moments();
        days = new Moments();
        return taken;
    }

    /** Joins moments that were taken. */
    void give(Moments[] taken) {
        moments.merge(taken[0]);
        days.merge(taken[1]);
    }

    /** Cells that hold something. */
    long present() {
        return numbers + words;
    }

    long rows() {
        return present() + empty + marked;
    }

    void merge(ColumnTally other) {
        empty += other.empty;
        marked += other.marked;
        other.markers.forEach((word, count) -> markers.merge(word, count, Long::sum));
        numbers += other.numbers;
        infinite += other.infinite;
        zeros += other.zeros;
        moments.merge(other.moments);
        dates += other.dates;
        yesOrNo += other.yesOrNo;
        days.merge(other.days);
        words += other.words;
        characters += other.characters;
        blanks += other.blanks;
        differentNumbers.merge(other.differentNumbers);
        differentWords.merge(other.differentWords);
    }

    void write(DataOutput to) throws IOException {
        to.writeInt(markers.size());
        for (Map.Entry<String, Long> marker : markers.entrySet()) {
            to.writeUTF(marker.getKey());
            to.writeLong(marker.getValue());
        }
        long[] counts = {empty, marked, numbers, infinite, zeros, dates, yesOrNo, words, characters, blanks};
        for (long count : counts) {
            to.writeLong(count);
        }
        moments.write(to);
        days.write(to);
        differentNumbers.write(to);
        differentWords.write(to);
    }

    /** Takes what was written instead of what it holds. */
    void read(DataInput from) throws IOException {
        markers.clear();
        int n = from.readInt();
        for (int i = 0; i < n; i++) {
            markers.put(from.readUTF(), from.readLong());
        }
        empty = from.readLong();
        marked = from.readLong();
        numbers = from.readLong();
        infinite = from.readLong();
        zeros = from.readLong();
        dates = from.readLong();
        yesOrNo = from.readLong();
        words = from.readLong();
        characters = from.readLong();
        blanks = from.readLong();
        moments = Moments.read(from);
        days = Moments.read(from);
        differentNumbers.read(from);
        differentWords.read(from);
    }
}
