package dev.auscult.data.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.error.DataException;

/**
 * What passed of a table: counts over all rows, and an even sample of the rows. Summaries of the parts of a table, merged in the
 * order of the parts, are that of the whole.
 */
public final class TableSummary {
    /** Rows that are held in memory, at most. */
    static final int MOST_ROWS = 200_000;
    /** Rows of a larger table that are held. */
    static final int SAMPLED_ROWS = 100_000;
    /** Cells that are held in memory, at most. */
    static final long MOST_CELLS = 20_000_000;
    /** Different values of a column that are told apart; the error of an estimate is about 1 / √ of it. */
    private static final int DIFFERENT = 4096;
    /** The same over all columns, where there are many. */
    private static final int DIFFERENT_IN_ALL = 1 << 20;

    private static final int FEWEST = 16;

    /** Of the bytes. */
    private static final int VERSION = 0x41550001;

    private static final int DIFFERENT_ROWS = 1 << 16;

    private final List<String> names;
    private final boolean hasMarkers;
    private final List<ColumnTally> columns = new ArrayList<>();
    private final RowSample sample;
    private final HashSample rowHashes = new HashSample(DIFFERENT_ROWS, HashSample.Content.NOTHING);
    /** How the hashes of rows were made; only those of one kind can be compared. */
    String hashing = "cells";

    long rows;
    long ragged;
    long firstRagged;
    int raggedCells;

    TableSummary(List<String> names, boolean hasMarkers, long seed, int mostRows) {
        this(
                names,
                hasMarkers,
                new RowSample((int) Math.max(1, Math.min(mostRows, MOST_CELLS / Math.max(1, names.size()))), seed));
    }

    private TableSummary(List<String> names, boolean hasMarkers, RowSample sample) {
        this.names = List.copyOf(names);
        this.hasMarkers = hasMarkers;
        this.sample = sample;
        int each = Math.max(FEWEST, Math.min(DIFFERENT, DIFFERENT_IN_ALL / Math.max(1, names.size())));
        for (int i = 0; i < names.size(); i++) {
            columns.add(new ColumnTally(hasMarkers, each));
        }
    }

    /** For another part of the same table, which is counted at the same time; the rows go into one sample. */
    TableSummary twin() {
        return new TableSummary(names, hasMarkers, sample);
    }

    /** Names of the columns. */
    public List<String> names() {
        return names;
    }

    /** Number of rows. */
    public long rows() {
        return rows;
    }

    /** Whether all rows are held in memory. */
    public boolean isWhole() {
        return sample.size() == rows;
    }

    /** Rows that are the same as an earlier one in all cells; an estimate where there are many rows. */
    public double duplicates() {
        return (rowHashes.total() - rowHashes.size()) / rowHashes.share();
    }

    /**
     * How many different rows of another table are rows of this one; an estimate where there are many rows.
     *
     * @return NaN where the columns differ, or the rows were hashed in different ways
     */
    public double shared(TableSummary other) {
        if (!names.equals(other.names) || !hashing.equals(other.hashing)) {
            return Double.NaN;
        }
        HashSample smaller =
                Long.compareUnsigned(rowHashes.limit(), other.rowHashes.limit()) < 0 ? rowHashes : other.rowHashes;
        long limit = smaller.limit();
        long both = 0;
        for (int slot : rowHashes.slots()) {
            long hash = rowHashes.hashAt(slot);
            both += (limit == -1 || Long.compareUnsigned(hash, limit) < 0) && other.rowHashes.count(hash) > 0 ? 1 : 0;
        }
        return both / smaller.share();
    }

    boolean hasMarkers() {
        return hasMarkers;
    }

    ColumnTally column(int index) {
        return columns.get(index);
    }

    RowSample sample() {
        return sample;
    }

    HashSample rowHashes() {
        return rowHashes;
    }

    /** Takes over what another part of the same table was. */
    public void merge(TableSummary other) {
        if (!names.equals(other.names) || !hashing.equals(other.hashing)) {
            throw new IllegalArgumentException("the parts have different columns");
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).merge(other.columns.get(i));
        }
        if (sample != other.sample) {
            sample.merge(other.sample);
        }
        rowHashes.merge(other.rowHashes);
        rows += other.rows;
        if (ragged == 0) {
            firstRagged = other.firstRagged;
            raggedCells = other.raggedCells;
        }
        ragged += other.ragged;
    }

    /** The state as bytes, from which {@link #fromBytes} makes it again. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream to = new DataOutputStream(bytes)) {
            to.writeInt(VERSION);
            to.writeUTF(hashing);
            to.writeBoolean(hasMarkers);
            to.writeInt(names.size());
            for (String name : names) {
                to.writeUTF(name);
            }
            to.writeLong(rows);
            to.writeLong(ragged);
            to.writeLong(firstRagged);
            to.writeInt(raggedCells);
            sample.write(to);
            rowHashes.write(to);
            for (ColumnTally column : columns) {
                column.write(to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The summary that {@link #toBytes} wrote. */
    public static TableSummary fromBytes(byte[] bytes) {
        try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (from.readInt() != VERSION) {
                throw new DataException("these bytes are no summary of a table; wanted those of this version");
            }
            String hashing = from.readUTF();
            boolean hasMarkers = from.readBoolean();
            List<String> names = new ArrayList<>();
            int columns = from.readInt();
            for (int i = 0; i < columns; i++) {
                names.add(from.readUTF());
            }
            long rows = from.readLong();
            long ragged = from.readLong();
            long firstRagged = from.readLong();
            int raggedCells = from.readInt();
            TableSummary summary = new TableSummary(names, hasMarkers, RowSample.read(from));
            summary.hashing = hashing;
            summary.rows = rows;
            summary.ragged = ragged;
            summary.firstRagged = firstRagged;
            summary.raggedCells = raggedCells;
            summary.rowHashes.read(from);
            for (ColumnTally column : summary.columns) {
                column.read(from);
            }
            return summary;
        } catch (IOException e) {
            throw new DataException("these bytes are no summary of a table: they end too early", e);
        }
    }
}
