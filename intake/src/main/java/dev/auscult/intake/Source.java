package dev.auscult.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/**
 * What will become a run, or several: the files that belong together, before they are read.
 *
 * @param path main file or folder
 * @param parts groups of files, the main one first; what the others say is merged into it
 * @param settings settings files beside, the most specific first
 * @param folder the reader of the whole folder; null if single files are read
 * @param refusal why it cannot be read; empty if it can be tried
 * @param expected whether somebody expects a run here, so that failing is worth a line: the file was asked for, or its
 *     name or content says that it is a log
 */
record Source(
        Path path,
        List<Part> parts,
        List<Path> settings,
        @Nullable FolderReader folder,
        String refusal,
        boolean expected) {

    Source {
        parts = List.copyOf(parts);
        settings = List.copyOf(settings);
    }

    static Source refused(Path path, String refusal) {
        return new Source(path, List.of(), List.of(), null, refusal, true);
    }

    static Source folder(Path path, FolderReader reader, List<Path> settings) {
        return new Source(path, List.of(), settings, reader, "", true);
    }

    /** Size of its files; of a folder nothing is known before it is read. */
    long bytes() {
        long bytes = 0;
        for (Part part : parts) {
            for (Member member : part.members()) {
                bytes += sizeOf(member.path());
            }
        }
        return bytes;
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0; // reading it will say so
        }
    }

    /**
     * Files that are read one after the other into one run.
     *
     * @param members the files in order
     * @param subfolder name of the subfolder that a writer made for some tags of the run; empty for all others
     */
    record Part(List<Member> members, String subfolder) {
        Part {
            members = List.copyOf(members);
        }
    }

    /** A file, who reads it, and the split that its folder names. */
    record Member(Path path, LogReader reader, Split split) {}
}
