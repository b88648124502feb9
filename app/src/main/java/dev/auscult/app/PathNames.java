package dev.auscult.app;

import java.nio.file.Path;

/** How paths are shown: relative to a folder and with {@code /}; as given where they lie outside. */
final class PathNames {
    private final Path start;

    PathNames(Path start) {
        this.start = start.toAbsolutePath().normalize();
    }

    /** The path as shown. */
    String show(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        if (whole.equals(start)) {
            return ".";
        }
        Path shown = whole.startsWith(start) ? start.relativize(whole) : path.normalize();
        return slashes(shown);
    }

    /** The path from the folder, also where that leads up. */
    String relative(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        boolean sameRoot = start.getRoot() != null && start.getRoot().equals(whole.getRoot());
        return slashes(sameRoot ? start.relativize(whole) : whole);
    }

    private static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
