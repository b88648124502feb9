package dev.auscult.data.table;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of a text table are laid out, found from its beginning where it is not given.
 *
 * @param separator between cells; a blank stands for any run of blanks
 * @param names of the columns
 * @param named whether the names stand in the file
 * @param skipped number of records before the first row: column names, or a line of counts
 * @param classNames names of the classes by number, from a line of counts {@code rows,columns,class names…}
 * @param promisedRows rows that a line of counts promises; −1 without such a line
 * @param repeated names that stand above several columns
 */
record DelimitedLayout(
        char separator,
        List<String> names,
        boolean named,
        int skipped,
        List<String> classNames,
        long promisedRows,
        List<String> repeated) {
    private static final int SAMPLE = 1 << 18;
    private static final int LONGEST_SAMPLE = 1 << 22;
    private static final int RECORDS = 100;
    private static final char[] SEPARATORS = {',', '\t', ';', '|', ' '};
    /** A longer first cell is content, not a column name. */
    private static final int LONGEST_NAME = 40;

    static DelimitedLayout of(TextFile file, @Nullable Character separator, @Nullable Boolean header) {
        String sample = sample(file);
        char chosen = separator == null ? separatorOf(sample) : separator;
        List<String[]> records = records(sample, chosen);
        if (records.isEmpty()) {
            throw new DataException(file.file() + " holds nothing but blank lines; wanted a table");
        }
        String[] first = records.get(0);
        boolean counts = !Boolean.TRUE.equals(header) && isLineOfCounts(records);
        if (counts) {
            return new DelimitedLayout(
                    chosen,
                    numbered(records.get(1).length),
                    false,
                    1,
                    List.of(first).subList(2, first.length),
                    Long.parseLong(first[0]),
                    List.of());
        }
        boolean named = header == null ? looksLikeNames(records) : header;
        List<String> names = named ? unique(first) : numbered(first.length);
        return new DelimitedLayout(
                chosen, names, named, named ? 1 : 0, List.of(), -1, named ? repeated(first) : List.of());
    }

    private static String sample(TextFile file) {
        char[] chars = new char[SAMPLE];
        int length = 0;
        try (Reader in = file.open()) {
            for (int read = in.read(chars, 0, SAMPLE); read > 0; read = in.read(chars, length, chars.length - length)) {
                length += read;
                // A header of very many columns is longer than any sample of rows needs to be.
                boolean grow = length == chars.length && length < LONGEST_SAMPLE && lines(chars, length) < 2;
                chars = grow ? Arrays.copyOf(chars, 2 * length) : chars;
            }
        } catch (IOException e) {
            throw TextFile.unreadable(file.file(), e);
        }
        if (length == chars.length) {
            int end = length;
            while (end > 0 && chars[end - 1] != '\n') {
                end--;
            }
            length = end > 0 ? end : length;
        }
        return new String(chars, 0, length);
    }

    private static int lines(char[] chars, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            lines += chars[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** The first records of the sample; the last one may be cut. */
    private static List<String[]> records(String sample, char separator) {
        List<String[]> records = new ArrayList<>();
        try (CsvReader<String[]> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(
                        StringArrayHandler.builder()
                                .maxFields(DelimitedRows.MOST_COLUMNS)
                                .maxFieldSize(LONGEST_SAMPLE)
                                .build(),
                        sample)) {
            for (String[] record : reader) {
                records.add(separator == ' ' ? withoutBlanks(record) : record);
                if (records.size() == RECORDS) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static String[] withoutBlanks(String[] record) {
        return Arrays.stream(record).filter(c -> !c.isEmpty()).toArray(String[]::new);
    }

    /** The separator that cuts most records into the same number of cells, more than one; else a comma. */
    private static char separatorOf(String sample) {
        char best = ',';
        double most = 0;
        for (char candidate : SEPARATORS) {
            List<String[]> records;
            try {
                records = records(sample, candidate);
            } catch (CsvParseException notThisOne) {
                continue;
            }
            if (records.isEmpty()) {
                continue;
            }
            // The first may be a line of counts.
            int cells = records.get(records.size() > 1 ? 1 : 0).length;
            long same = records.stream().filter(r -> r.length == cells).count();
            boolean blank = candidate == ' ';
            if (cells < 2 || (blank && !records.stream().skip(1).limit(5).allMatch(DelimitedLayout::hasNumbers))) {
                continue;
            }
            double score = (double) same / records.size() + (blank ? 0 : 1e-3 * Math.min(cells, 100));
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    /** Blanks separate words of a text, too; only where most cells are numbers are they taken for separators. */
    private static boolean hasNumbers(String[] record) {
        int numbers = 0;
        for (String cell : record) {
            numbers += isNumber(cell) ? 1 : 0;
        }
        return 2 * numbers >= record.length;
    }

    /** {@code 569,30,malignant,benign} above rows of 31 numbers, as scikit-learn writes. */
    private static boolean isLineOfCounts(List<String[]> records) {
        String[] first = records.get(0);
        if (records.size() < 2 || first.length < 3) {
            return false;
        }
        String[] row = records.get(1);
        if (!first[0].matches("\\d{1,9}") || !first[1].equals(String.valueOf(row.length - 1))) {
            return false;
        }
        for (int i = 2; i < first.length; i++) {
            if (isNumber(first[i])) {
                return false;
            }
        }
        for (String cell : row) {
            if (!isNumber(cell) && !isMissing(cell)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Column names are words, none a number; and either some column holds numbers below its name, or all are different and
     * no name comes again below itself.
     */
    private static boolean looksLikeNames(List<String[]> records) {
        String[] first = records.get(0);
        for (int i = 0; i < first.length; i++) {
            String cell = first[i].strip();
            // Data frames are often saved with a first column that has no name.
            boolean nameless = cell.isEmpty() && i == 0 && first.length > 1;
            if (!nameless && (isMissing(cell) || isNumber(cell))) {
                return false;
            }
        }
        boolean text = repeated(first).isEmpty();
        for (int column = 0; column < first.length; column++) {
            if (numbersBelow(records, column)) {
                return true;
            }
            text &= first[column].length() <= LONGEST_NAME && !comesAgain(records, column);
        }
        return text;
    }

    private static boolean numbersBelow(List<String[]> records, int column) {
        boolean some = false;
        for (int r = 1; r < records.size(); r++) {
            String[] record = records.get(r);
            if (column < record.length && !isMissing(record[column])) {
                if (!isNumber(record[column])) {
                    return false;
                }
                some = true;
            }
        }
        return some;
    }

    private static boolean comesAgain(List<String[]> records, int column) {
        String name = records.get(0)[column];
        return records.stream().skip(1).anyMatch(r -> column < r.length && r[column].equals(name));
    }

    private static List<String> repeated(String[] cells) {
        Set<String> seen = new HashSet<>();
        return Arrays.stream(cells)
                .map(String::strip)
                .filter(c -> !c.isEmpty() && !seen.add(c))
                .distinct()
                .toList();
    }

    private static boolean isNumber(String cell) {
        char[] c = cell.strip().toCharArray();
        return !Double.isNaN(Cells.number(c, 0, c.length));
    }

    private static boolean isMissing(String cell) {
        char[] c = cell.strip().toCharArray();
        return Cells.missing(c, 0, c.length);
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("column " + i);
        }
        return names;
    }

    /** Names without blanks around them; a second column of a name is {@code name.1}. */
    static List<String> unique(String[] cells) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < cells.length; i++) {
            String plain = cells[i].strip();
            String name = plain.isEmpty() ? "column " + i : plain;
            for (int n = 1; !taken.add(name); n++) {
                name = String.format(Locale.ROOT, "%s.%d", plain, n);
            }
            names.add(name);
        }
        return names;
    }
}
