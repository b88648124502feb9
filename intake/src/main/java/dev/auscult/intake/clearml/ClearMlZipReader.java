package dev.auscult.intake.clearml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;

/** Reads the zip of an offline session of ClearML; streams, and inflates no more than a session can hold. */
public final class ClearMlZipReader implements LogReader {
    private static final int SURE = 92;

    /** Inflated bytes that are read in all; a larger archive is hostile or no session. */
    private static final long MAX_INFLATED = 2L << 30;

    private static final int MAX_ENTRIES = 100_000;

    @Override
    public String format() {
        return "clearml";
    }

    @Override
    public int recognise(LogFile file) {
        byte[] head = file.head();
        if (head.length < 4 || head[0] != 'P' || head[1] != 'K' || head[2] != 3 || head[3] != 4) {
            return 0;
        }
        String names = new String(head, StandardCharsets.ISO_8859_1);
        return names.contains("task.json") || names.contains("metrics.jsonl") ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        ClearMlEvents events = new ClearMlEvents(sink);
        boolean anyMetrics = false;
        try (InputStream raw = Files.newInputStream(file.path());
                ZipInputStream zip = new ZipInputStream(raw)) {
            Bounded inflated = new Bounded(zip);
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry();
                    entry != null && entries < MAX_ENTRIES;
                    entry = zip.getNextEntry()) {
                entries++;
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (name.equals("task.json")) {
                    events.readTask(inflated);
                } else if (name.equals("metrics.jsonl")) {
                    anyMetrics = true;
                    events.readMetrics(inflated);
                } else {
                    inflated.skipAll();
                }
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            sink.problem(0, "the zip is cut off or broken; what stands before it was read");
        }
        events.finish(anyMetrics);
    }

    /** Ends after so many bytes, whatever the archive claims or holds. */
    private static final class Bounded extends FilterInputStream {
        private long left = MAX_INFLATED;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new ZipException("more than " + MAX_INFLATED + " bytes inflated");
            }
            int read = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        void skipAll() throws IOException {
            byte[] buffer = new byte[1 << 14];
            while (read(buffer, 0, buffer.length) >= 0) {
                // The bytes are of no interest, only that they end.
            }
        }

        @Override
        public void close() {
            // The archive goes on after the entry.
        }
    }
}
