package dev.auscult.intake.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.intake.RunSink;

/**
 * The conflicts that git leaves in a table where two versions of it could not be merged. Both sides count the same
 * steps, so one of them must go: the side with more rows is kept, of equals the first.
 */
final class Conflict {
    private static final int MOST = 1_000;
    private static final int MARKER = 8;

    /** Lines of the markers; 0 if there is none. */
    private final long start;

    private long base;
    private long middle;
    private long end;
    private long firstRows;
    private long secondRows;

    private Conflict(long start) {
        this.start = start;
    }

    static boolean isMarker(String line) {
        return line.startsWith("<<<<<<< ")
                || line.startsWith(">>>>>>> ")
                || line.startsWith("||||||| ")
                || line.stripTrailing().equals("=======");
    }

    static boolean isMarker(Row row) {
        if (row.size() == 0 || row.numbers() > 0) {
            return false;
        }
        // With | as separator the third marker falls apart into empty cells.
        return isMarker(row.text(0))
                || (row.size() > 7 && row.text(0).isEmpty() && row.text(7).startsWith(" "));
    }

    /** Finds the conflicts in a file; one that does not end goes on to the end of the file. */
    static List<Conflict> in(Path file) throws IOException {
        Scan scan = new Scan();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int before = -1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n' && before == '\r') {
                    before = b;
                    continue; // one end of line, not two
                }
                if (b == '\n' || b == '\r') {
                    scan.endLine();
                } else {
                    scan.take((byte) b);
                }
                before = b;
            }
        }
        scan.endLine();
        return scan.finish();
    }

    /** Whether a line belongs to the side that is left out. */
    boolean leavesOut(long line) {
        if (middle == 0 || line <= start || line >= end) {
            return false;
        }
        boolean first = line < (base > 0 ? base : middle);
        boolean second = line > middle;
        return keepsFirst() ? !first : !second;
    }

    void tell(RunSink sink) {
        if (middle == 0) {
            sink.problem(start, "a git conflict begins here and has one side only, which was read");
            return;
        }
        boolean first = keepsFirst();
        sink.problem(
                start,
                "a git conflict, lines " + start + " to " + end + ": kept its "
                        + (first ? "first" : "second") + " side of "
                        + Math.max(firstRows, secondRows) + " rows and left out "
                        + (first
                                ? "lines " + (middle + 1) + " to " + (end - 1)
                                : "lines " + (start + 1) + " to " + (middle - 1))
                        + "; resolve the conflict in git to be sure");
    }

    private boolean keepsFirst() {
        return firstRows >= secondRows;
    }

    /** Goes through the lines of a file, of which it keeps no more than a marker is long. */
    private static final class Scan {
        private final List<Conflict> found = new ArrayList<>();
        private final byte[] head = new byte[MARKER];
        private int length;
        private boolean blank = true;
        private long line = 1;
        private Conflict open = new Conflict(0);

        void take(byte b) {
            if (length < MARKER) {
                head[length] = b;
            }
            length++;
            blank &= b <= ' ' && b >= 0;
        }

        void endLine() {
            if (length > 0) {
                line(new String(head, 0, Math.min(length, MARKER), StandardCharsets.ISO_8859_1));
            }
            length = 0;
            blank = true;
            line++;
        }

        private void line(String text) {
            boolean inside = open.start > 0;
            if (!inside && text.equals("<<<<<<< ") && found.size() < MOST) {
                open = new Conflict(line);
                found.add(open);
            } else if (inside && text.equals("||||||| ") && open.middle == 0) {
                open.base = line;
            } else if (inside && text.strip().equals("=======") && open.middle == 0) {
                open.middle = line;
            } else if (inside && text.equals(">>>>>>> ")) {
                open.end = line;
                open = new Conflict(0);
            } else if (inside && !blank) {
                open.firstRows += open.base == 0 && open.middle == 0 ? 1 : 0;
                open.secondRows += open.middle > 0 ? 1 : 0;
            }
        }

        List<Conflict> finish() {
            open.end = line;
            return found;
        }
    }
}
