package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.app.report.Spots;
import dev.auscult.data.DataSettings;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.RowSink;
import dev.auscult.data.table.Rows;
import dev.auscult.data.table.TableFiles;
import dev.auscult.diagnose.Finding;
import dev.auscult.run.DataProfile;

/** Knows the line of each row of a text table, and the file of each picture or sound. */
final class RowLines implements Spots {
    private static final Pattern ROW = Pattern.compile("(?:(\\w+) )?row (\\d{1,18})");
    private static final int MOST = 10;
    /** A larger file is not read once more for the sake of line numbers. */
    private static final long MOST_BYTES = 256L << 20;

    private final DataSettings settings;
    private final Path base;
    private final DataProfile profile;
    private final PathNames names;
    private final Map<String, long[]> lines = new HashMap<>();

    RowLines(DataSettings settings, Path base, DataProfile profile, PathNames names) {
        this.settings = settings;
        this.base = base;
        this.profile = profile;
        this.names = names;
    }

    @Override
    public List<Spot> of(Finding finding) {
        List<Spot> spots = new ArrayList<>();
        for (String example : finding.where().examples()) {
            if (spots.size() < MOST) {
                place(example, spots);
            }
        }
        return spots;
    }

    private void place(String example, List<Spot> spots) {
        Matcher row = ROW.matcher(example);
        boolean isRow = row.matches();
        for (DataProfile.Part part : profile.parts()) {
            Path file = base.resolve(part.source()).normalize();
            if (isRow) {
                String split =
                        row.group(1) == null ? profile.parts().get(0).split().label() : row.group(1);
                if (part.split().label().equals(split)) {
                    spots.add(new Spot(names.show(file), line(part.source(), file, Long.parseLong(row.group(2)))));
                    return;
                }
            } else if (Files.isRegularFile(file.resolve(example))) {
                spots.add(new Spot(names.show(file.resolve(example)), 0));
                return;
            }
        }
    }

    /** The line that a row begins in; 0 where a file has none. */
    private long line(String source, Path file, long row) {
        long[] all = lines.computeIfAbsent(source, s -> read(file));
        return row >= 1 && row <= all.length ? all[(int) row - 1] : 0;
    }

    private long[] read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return new long[0];
            }
            Rows rows = TableFiles.open(file, settings.format(), settings.separator(), settings.header());
            if (!rows.place().equals("line")) {
                return new long[0];
            }
            Lines sink = new Lines();
            rows.read(sink);
            return Arrays.copyOf(sink.begins, sink.count);
        } catch (IOException | DataException e) {
            // It could be read a moment ago; without lines the report is still true.
            return new long[0];
        }
    }

    private static final class Lines implements RowSink {
        long[] begins = new long[1024];
        int count;

        @Override
        public void text(int column, char[] chars, int offset, int length) {}

        @Override
        public void number(int column, double value) {}

        @Override
        public void missing(int column) {}

        @Override
        public void end(long line) {
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, 2 * count);
            }
            begins[count++] = line;
        }
    }
}
