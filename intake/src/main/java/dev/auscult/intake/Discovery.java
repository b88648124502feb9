package dev.auscult.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Searches files and folders for logs, opening only the heads of files. */
final class Discovery {
    private static final int DEEPEST = 40;

    private final List<LogReader> readers;
    private final List<FolderReader> folderReaders;
    private final Map<String, String> columns;
    private final Set<Path> visited = new HashSet<>();

    /** Files and folders, by their real paths, that earlier searches have handed out. */
    private final Set<Path> earlier = new HashSet<>();

    private boolean metAgain;

    /**
     * A search.
     *
     * @param columns the columns that the user explains, which decide who reads a file that is named
     */
    Discovery(List<LogReader> readers, List<FolderReader> folderReaders, Map<String, String> columns) {
        this.columns = columns;
        this.readers = readers;
        this.folderReaders = folderReaders;
    }

    /** A folder with what was found in it. */
    record Folder(
            Path path,
            List<Log> logs,
            List<Folder> children,
            @Nullable FolderReader reader) {
        String name() {
            return LogNames.of(path);
        }

        List<Log> events() {
            return logs.stream().filter(Log::isEvents).toList();
        }
    }

    /**
     * A file that is a log, or should be one.
     *
     * @param reader null if it is refused
     * @param head the head of a Hugging Face trainer state, in which its progress stands; empty for all others
     */
    record Log(Path path, @Nullable LogReader reader, boolean expected, String refusal, String head) {
        String name() {
            return LogNames.of(path);
        }

        boolean isEvents() {
            return reader != null && LogNames.isEventFile(name());
        }
    }

    /** What lies below one path that the user gave, in order of path; nothing of it that an earlier path had. */
    List<Source> search(Path path) {
        Path real = realPath(path);
        if (earlier.contains(real)) {
            return List.of();
        }
        metAgain = false;
        visited.clear();
        List<Source> sources = searchOnce(path, real);
        earlier.addAll(visited);
        earlier.add(real);
        for (Source source : sources) {
            source.parts().forEach(part -> part.members().forEach(member -> earlier.add(realPath(member.path()))));
        }
        return sources;
    }

    private List<Source> searchOnce(Path path, Path real) {
        if (!Files.exists(path)) {
            return List.of(Source.refused(path, "no such file or folder"));
        }
        if (Files.isDirectory(path)) {
            Folder folder = walk(path, real, 0);
            List<Source> sources = folder == null ? new ArrayList<>() : Grouping.sources(folder);
            sources.sort(Comparator.comparing(source -> Intake.idOf(source.path())));
            return sources.isEmpty() && !metAgain ? List.of(Source.refused(path, nothingIn())) : sources;
        }
        if (!Files.isRegularFile(path)) {
            return List.of(Source.refused(path, "neither a file nor a folder; " + Refusals.WANTED));
        }
        return List.of(file(path));
    }

    /** Whether an earlier search has handed out what is met now. */
    private boolean isKnown(Path path) {
        boolean known = !earlier.isEmpty() && earlier.contains(realPath(path));
        metAgain |= known;
        return known;
    }

    private Source file(Path path) {
        try {
            LogFile file = LogFile.of(path);
            boolean readable = file.size() > 0 && !Refusals.isPointer(file);
            Optional<ColumnMap.Choice> mapped = readable ? ColumnMap.choose(readers, file, columns) : Optional.empty();
            if (mapped.isPresent() && !mapped.get().refusal().isEmpty()) {
                return Source.refused(path, mapped.get().refusal());
            }
            LogReader reader = mapped.isPresent()
                    ? mapped.get().reader()
                    : readable ? Readers.choose(readers, file).reader() : null;
            if (reader == null) {
                return Source.refused(path, Refusals.describe(file));
            }
            Split split = folderSplit(path);
            Source.Member member = new Source.Member(path, reader, split);
            List<Path> settings = SettingsFiles.in(path.getParent());
            return new Source(path, List.of(new Source.Part(List.of(member), "")), settings, null, "", true);
        } catch (IOException e) {
            return Source.refused(path, cannotOpen(e));
        } catch (OutOfMemoryError e) {
            // All of the file is read to tell its columns if the user explains some.
            return Source.refused(path, SourceReader.outOfMemory());
        }
    }

    private static Split folderSplit(Path path) {
        Path parent = path.getParent();
        return parent != null && LogNames.isEventFile(LogNames.of(path))
                ? LogNames.splitOf(LogNames.of(parent))
                : Split.NONE;
    }

    private @Nullable Folder walk(Path path, Path root, int depth) {
        if (depth > DEEPEST || isKnown(path) || !visited.add(realPath(path))) {
            return null;
        }
        for (FolderReader reader : folderReaders) {
            if (recognises(reader, path)) {
                return new Folder(path, List.of(), List.of(), reader);
            }
        }
        List<Log> logs = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        boolean weightsAndBiases = false;
        List<Path> entries;
        try {
            entries = list(path);
        } catch (IOException unreadable) {
            return new Folder(path, List.of(new Log(path, null, true, cannotOpen(unreadable), "")), List.of(), null);
        }
        for (Path entry : entries) {
            String name = LogNames.of(entry);
            if (Files.isSymbolicLink(entry) && realPath(entry).startsWith(root)) {
                continue; // found where it really lies
            }
            if (Files.isDirectory(entry)) {
                if (!LogNames.isSkippedFolder(name)) {
                    folders.add(entry);
                }
            } else if (Files.isRegularFile(entry)
                    && !LogNames.isSomethingElse(name)
                    && !SettingsFiles.isSettings(name)
                    && !isKnown(entry)) {
                Log log = look(entry, name);
                if (log != null) {
                    logs.add(log);
                    weightsAndBiases |= name.endsWith(".wandb");
                }
            }
        }
        List<Folder> children = new ArrayList<>();
        for (Path child : folders) {
            // The run's own file holds what its files/ and logs/ repeat as text.
            Folder found = weightsAndBiases ? null : walk(child, root, depth + 1);
            if (found != null) {
                children.add(found);
            }
        }
        return new Folder(path, logs, children, null);
    }

    private static boolean recognises(FolderReader reader, Path folder) {
        try {
            return reader.recognise(folder);
        } catch (IOException | UncheckedIOException unreadable) {
            return false; // nobody can say what a folder is that cannot be looked into
        }
    }

    private @Nullable Log look(Path path, String name) {
        boolean named = LogNames.isLog(name);
        try {
            LogFile file = LogFile.of(path);
            boolean readable = file.size() > 0 && !Refusals.isPointer(file);
            Readers.Choice choice = readable ? Readers.choose(readers, file) : new Readers.Choice(null, 0);
            if (choice.reader() != null && choice.sureness() >= Readers.SURE_IN_FOLDER) {
                boolean state = name.equals("trainer_state.json");
                return new Log(path, choice.reader(), named || choice.sureness() >= 60, "", state ? file.text() : "");
            }
            return named ? new Log(path, null, true, Refusals.describe(file), "") : null;
        } catch (AccessDeniedException e) {
            return new Log(path, null, true, cannotOpen(e), "");
        } catch (IOException e) {
            return named ? new Log(path, null, true, cannotOpen(e), "") : null;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing(LogNames::of));
        return entries;
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException dangling) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static String cannotOpen(IOException e) {
        return e instanceof AccessDeniedException
                ? "cannot be read: permission denied"
                : "cannot be opened (" + e.getClass().getSimpleName() + ")";
    }

    private String nothingIn() {
        Set<String> formats = new TreeSet<>();
        readers.forEach(reader -> formats.add(reader.format()));
        folderReaders.forEach(reader -> formats.add(reader.format()));
        return "no run found in this folder; looked for: " + String.join(", ", formats);
    }
}
