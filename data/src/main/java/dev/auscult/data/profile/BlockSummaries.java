package dev.auscult.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.table.BlockSink;

/**
 * Summaries of the blocks of a file, made by several threads and joined to one. Sums are joined in the order of the blocks,
 * so that they are the same, to the last bit, whatever the threads.
 */
final class BlockSummaries {
    /** Bits of a place that number the row in its block. */
    private static final int ROW_BITS = 32;

    private final TableSummary whole;
    private final SummarySink.Heard heard;
    private final List<Worker> workers = new ArrayList<>();
    /** Blocks that wait for an earlier one. */
    private final Map<Long, Moments[][]> waiting = new HashMap<>();

    private long next;
    private long[] rows = new long[16];
    private long[] lines = new long[16];
    private long raggedBlock = Long.MAX_VALUE;
    private long raggedLine;
    private int raggedCells;

    BlockSummaries(TableSummary whole, SummarySink.Heard heard) {
        this.whole = whole;
        this.heard = heard;
    }

    synchronized BlockSink worker() {
        Worker worker = new Worker();
        workers.add(worker);
        return worker;
    }

    /** Joins all; the workers must have ended. */
    synchronized void join() {
        for (Worker worker : workers) {
            whole.merge(worker.summary);
        }
        long[] rowsBefore = before(rows);
        long[] linesBefore = before(lines);
        if (raggedBlock != Long.MAX_VALUE) {
            whole.firstRagged = linesBefore[(int) raggedBlock] + raggedLine;
            whole.raggedCells = raggedCells;
        }
        whole.sample().renumber(place -> rowsBefore[(int) (place >>> ROW_BITS)] + (int) place + 1);
    }

    private static long[] before(long[] counts) {
        long[] sums = new long[counts.length];
        for (int i = 1; i < sums.length; i++) {
            sums[i] = sums[i - 1] + counts[i - 1];
        }
        return sums;
    }

    private synchronized void end(long block, long rowCount, long lineCount, Moments[][] moments) {
        if (block >= rows.length) {
            rows = Arrays.copyOf(rows, (int) (2 * block));
            lines = Arrays.copyOf(lines, (int) (2 * block));
        }
        rows[(int) block] = rowCount;
        lines[(int) block] = lineCount;
        waiting.put(block, moments);
        for (Moments[][] ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
            for (int i = 0; i < ready.length; i++) {
                whole.column(i).give(ready[i]);
            }
            next++;
        }
        heard.row(Arrays.stream(rows).sum());
    }

    private synchronized void ragged(long block, long line, int cells) {
        if (block < raggedBlock) {
            raggedBlock = block;
            raggedLine = line;
            raggedCells = cells;
        }
    }

    /** Counts the blocks that one thread takes apart. */
    private final class Worker implements BlockSink {
        private final TableSummary summary = whole.twin();
        private final SummarySink sink = new SummarySink(summary, 0, row -> {});
        private long block;
        private long rowsBefore;

        @Override
        public void begin(long number) {
            block = number;
            rowsBefore = summary.rows;
            sink.at(number << ROW_BITS);
        }

        @Override
        public void end(long number, long lineCount) {
            Moments[][] moments = new Moments[summary.names().size()][];
            for (int i = 0; i < moments.length; i++) {
                moments[i] = summary.column(i).take();
            }
            BlockSummaries.this.end(number, summary.rows - rowsBefore, lineCount, moments);
        }

        @Override
        public void text(int column, char[] chars, int offset, int length) {
            sink.text(column, chars, offset, length);
        }

        @Override
        public void number(int column, double value) {
            sink.number(column, value);
        }

        @Override
        public void missing(int column) {
            sink.missing(column);
        }

        @Override
        public boolean ragged(long line, int cells) {
            BlockSummaries.this.ragged(block, line, cells);
            return sink.ragged(line, cells);
        }

        @Override
        public void end(long line) {
            sink.end(line);
        }
    }
}
