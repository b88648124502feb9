package dev.auscult.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of a mended spec, with a first line that says whose it is: a file without it is somebody else's and is never
 * written over.
 */
final class FixOutput {
    static final String MARK = "# Mended by auscult fix from ";

    private final Path file;

    /**
     * A place for it.
     *
     * @param file where it goes
     * @throws UsageException where a file is that Auscult did not write, or none can be written
     */
    FixOutput(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file) && !isOurs(file)) {
            throw new UsageException(file + " is there and was not written by auscult fix, so it is left alone; give"
                    + " --output another name, or move it away");
        }
        mustBeWritable(file, "--output");
    }

    /** Says before anything is trained that a file cannot be written after it. */
    static void mustBeWritable(Path file, String option) {
        Path parent = file.toAbsolutePath().getParent();
        boolean here = parent != null && Files.isDirectory(parent) && Files.isWritable(parent);
        if (!here || Files.isDirectory(file)) {
            throw new UsageException("cannot write to " + file + "; give " + option
                    + " a file in a folder that exists and may be written to");
        }
    }

    /** Beside the spec: {@code digits.yaml} becomes {@code digits.fixed.yaml}. */
    static Path beside(Path spec) {
        String name = String.valueOf(spec.getFileName());
        String stem = name.replaceFirst("\\.(ya?ml)$", "");
        return spec.resolveSibling(stem + ".fixed.yaml");
    }

    private static boolean isOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst().filter(l -> l.startsWith(MARK)).isPresent();
        } catch (UncheckedIOException e) {
            // Not text, so not ours.
            return false;
        }
    }

    Path file() {
        return file;
    }

    /**
     * Writes it.
     *
     * @param source name of the spec it was made from
     */
    void write(String text, String source) throws IOException {
        try (OutputFile out = OutputFile.open(file)) {
            out.writer().write(MARK + source + "; what was changed says why.\n" + text);
            out.commit();
        }
    }
}
