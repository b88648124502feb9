package dev.auscult.data.profile;

import java.util.Arrays;
import java.util.stream.IntStream;

import dev.auscult.data.table.RowSink;
import org.jspecify.annotations.Nullable;

/** Adds row after row to a summary. */
final class SummarySink implements RowSink {
    private final TableSummary summary;
    private final ColumnTally[] columns;
    private final Heard heard;
    /** The cells of a row for the sample, which may come in any order. */
    private final @Nullable String[] cells;

    private final PackedRow packed = new PackedRow();
    private long place;
    private long hash;
    private boolean wanted;

    /** Is told of every row. */
    @FunctionalInterface
    interface Heard {
        void row(long number);
    }

    /** @param first place of the first row */
    SummarySink(TableSummary summary, long first, Heard heard) {
        this.summary = summary;
        this.heard = heard;
        int count = summary.names().size();
        columns = IntStream.range(0, count).mapToObj(summary::column).toArray(ColumnTally[]::new);
        cells = new String[count];
        at(first);
    }

    /** The next row is at this place. */
    void at(long next) {
        place = next;
        hash = 0;
        wanted = summary.sample().wants(place);
    }

    /** Joins the hash of a cell to that of the row, whatever the order of the cells. */
    private void hash(int column, long cell) {
        hash += HashSample.mix(cell + (column + 1) * 0x9E3779B97F4A7C15L);
    }

    @Override
    public void text(int column, char[] chars, int offset, int length) {
        hash(column, columns[column].text(chars, offset, length));
        if (wanted) {
            cells[column] = new String(chars, offset, length);
        }
    }

    @Override
    public void number(int column, double value) {
        hash(column, columns[column].number(value));
        if (wanted) {
            cells[column] = Double.toString(value);
        }
    }

    @Override
    public void missing(int column) {
        hash(column, columns[column].missing());
    }

    @Override
    public boolean ragged(long line, int found) {
        if (summary.ragged++ == 0) {
            summary.firstRagged = line;
            summary.raggedCells = found;
        }
        return true;
    }

    @Override
    public void end(long line) {
        summary.rowHashes().add(HashSample.mix(hash));
        if (wanted) {
            packed.clear();
            for (String cell : cells) {
                if (cell == null) {
                    packed.missing();
                } else {
                    packed.add(cell);
                }
            }
            summary.sample().add(place, packed.packed());
            Arrays.fill(cells, null);
        }
        summary.rows++;
        heard.row(place);
        at(place + 1);
    }
}
