package dev.auscult.intake.table;

import java.io.InputStream;
import java.io.StringReader;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

/** How the cells of a table are separated. */
record Dialect(char separator) {
    /** Rarer characters first: where two fit equally well, a comma may be a decimal comma. */
    private static final char[] CANDIDATES = {'\t', ';', '|', ','};

    /** A character that no text has. */
    private static final char NEVER = '\u0001';

    private static final int LONGEST_CELL = 1 << 20;

    /** The separator that cuts the first line and most others into the same number of cells. */
    static Dialect of(List<String> lines) {
        char best = ',';
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            int wanted = count(lines.get(0), candidate);
            int same = 0;
            for (String line : lines) {
                same += count(line, candidate) == wanted ? 1 : 0;
            }
            double score = wanted == 0 ? 0 : same / (double) lines.size();
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return new Dialect(best);
    }

    private static int count(String line, char separator) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                count++;
            }
        }
        return count;
    }

    /** The rows of a stream; every row is the same object. */
    CsvReader<Row> rows(InputStream in) {
        return builder().build(new RowHandler(separator, false), in);
    }

    /** The rows of a stream in which quotes mean nothing; those around a cell are taken off. */
    CsvReader<Row> unquotedRows(InputStream in) {
        return builder().quoteCharacter(NEVER).build(new RowHandler(separator, true), in);
    }

    /** The rows of a text; every row is the same object. */
    CsvReader<Row> rows(String text) {
        return builder().build(new RowHandler(separator, false), new StringReader(text));
    }

    private CsvReader.CsvReaderBuilder builder() {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_CELL);
    }
}
