package dev.auscult.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.auscult.data.audio.Wav;
import dev.auscult.data.error.DataException;
import dev.auscult.data.image.Picture;

/** The pictures or the sound files of a folder, and the words in their paths that name their classes. */
public final class FolderFiles {
    private static final Pattern NAME_PART = Pattern.compile("name\\[(\\d{1,3})]");
    private static final int DEEPEST = 32;

    private final Path folder;
    private final boolean sound;
    private final List<Path> files;

    private FolderFiles(Path folder, boolean sound, List<Path> files) {
        this.folder = folder;
        this.sound = sound;
        this.files = files;
    }

    /**
     * Lists a folder; hidden files and those of other kinds are passed over.
     *
     * @throws DataException where it holds neither pictures nor sounds, in one line that begins with the folder
     */
    public static FolderFiles of(DataSettings settings, Path folder) {
        try {
            return list(settings, folder);
        } catch (NoSuchFileException e) {
            throw new DataException(e.getFile() + ": there is no such file or folder", e);
        } catch (IOException e) {
            throw new DataException(folder.getFileName() + ": " + ArraySource.reason(e), e);
        }
    }

    static FolderFiles list(DataSettings settings, Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            all = walk.filter(Files::isRegularFile)
                    .filter(f -> !hidden(folder.relativize(f)))
                    .sorted((a, b) -> path(folder, a).compareTo(path(folder, b)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException("cannot be listed (" + e.getMessage() + ")", e);
        }
        List<Path> sounds = all.stream().filter(Wav::named).toList();
        List<Path> pictures = all.stream().filter(Picture::named).toList();
        String format = settings.format();
        boolean sound = format == null ? sounds.size() > pictures.size() : format.equals("wav-folder");
        List<Path> files = sound ? sounds : pictures;
        if (files.isEmpty()) {
            throw new IOException("holds " + all.size() + " files, none of them "
                    + (format == null
                            ? "a picture (png, jpg, gif, bmp, webp) or sound (wav)"
                            : sound ? "sound (wav)" : "a picture (png, jpg, gif, bmp, webp)"));
        }
        return new FolderFiles(folder, sound, files);
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".") || part.toString().equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the files are sounds; else they are pictures. */
    public boolean sound() {
        return sound;
    }

    /** The files in the order of their paths. */
    public List<Path> files() {
        return files;
    }

    /** The path in the folder, with slashes: the same order on every system. */
    public String path(Path file) {
        return path(folder, file);
    }

    private static String path(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** What names the classes: {@code folder} or {@code name[k]}, by the settings or else by where the files lie. */
    String naming(DataSettings settings) {
        if (!settings.target().isEmpty()) {
            return settings.target().get(0);
        }
        return files.stream().anyMatch(f -> path(f).indexOf('/') >= 0) ? "folder" : "name[0]";
    }

    /**
     * The label of each file, as the settings or else the folder say.
     *
     * @throws DataException where a path does not have what names the class
     */
    public String[] labels(DataSettings settings) {
        try {
            return keys(naming(settings), "data.target");
        } catch (IOException e) {
            throw new DataException(folder.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** What {@code folder} or {@code name[k]} is for each file. */
    String[] keys(String from, String setting) throws IOException {
        Matcher part = NAME_PART.matcher(from);
        boolean byFolder = from.equals("folder");
        if (!byFolder && !part.matches()) {
            throw new IOException(setting + " is '" + from + "', wanted folder or name[0], name[1], …");
        }
        String[] keys = new String[files.size()];
        for (int i = 0; i < keys.length; i++) {
            String path = path(files.get(i));
            if (byFolder) {
                int slash = path.indexOf('/');
                if (slash < 0) {
                    throw new IOException(path + " lies beside the folders that name the classes; move it, or set "
                            + setting + " to name[0]");
                }
                keys[i] = path.substring(0, slash);
                continue;
            }
            String name = path.substring(path.lastIndexOf('/') + 1);
            String[] parts = name.substring(0, name.lastIndexOf('.')).split("_", -1);
            int wanted = Integer.parseInt(part.group(1));
            if (wanted >= parts.length) {
                throw new IOException(
                        name + " has " + parts.length + " parts between underscores, " + setting + " asks for " + from);
            }
            keys[i] = parts[wanted];
        }
        return keys;
    }
}
