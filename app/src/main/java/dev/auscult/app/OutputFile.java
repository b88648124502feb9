package dev.auscult.app;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file for a report: it takes the place of an older one only when it is complete. */
final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path written;
    private final Writer writer;

    private OutputFile(Path target, Path written, Writer writer) {
        this.target = target;
        this.written = written;
        this.writer = writer;
    }

    static OutputFile open(Path file) {
        // Devices and pipes are written as they are.
        boolean plain = !Files.exists(file) || Files.isRegularFile(file);
        Path whole = file.toAbsolutePath();
        Path written = plain ? whole.resolveSibling(whole.getFileName() + ".new") : whole;
        try {
            return new OutputFile(whole, written, Files.newBufferedWriter(written));
        } catch (IOException e) {
            throw new UsageException(
                    "cannot write to " + file + "; give --output a file in a folder that exists and may be written to");
        }
    }

    Writer writer() {
        return writer;
    }

    /** The report is complete. */
    void commit() throws IOException {
        writer.close();
        if (!written.equals(target)) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }
}
