package dev.auscult.intake;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import dev.auscult.run.Run;

/** The way in: finds the runs below files and folders, reads them, and merges the files of one run. */
public final class Intake {
    private final ReadOptions options;
    private final List<LogReader> readers;
    private final List<FolderReader> folderReaders;
    private final long mostBytesAhead = Runtime.getRuntime().maxMemory() / 8;

    public Intake(ReadOptions options) {
        this(options, Readers.FILES, Readers.FOLDERS);
    }

    Intake(ReadOptions options, List<LogReader> readers, List<FolderReader> folderReaders) {
        this.options = options;
        this.readers = readers;
        this.folderReaders = folderReaders;
    }

    /** What is being read, and how many bytes its files have. */
    private record Ahead(Future<List<Found>> found, long bytes) {}

    /**
     * One thing found: a run, or a file that was refused.
     *
     * @param path the run's main file or folder
     * @param part 1 for the first run of a file, 2 for the second …
     * @param run the run; without metrics and tensors if nothing was readable
     * @param refusal why nothing could be read, in one line; empty if something was
     */
    public record Found(Path path, int part, Run run, String refusal) {
        public boolean isRefused() {
            return !refusal.isEmpty();
        }
    }

    /**
     * Reads everything below the given files and folders, in order of path, handing over each run as it is read; the
     * consumer is called by this thread only.
     */
    public void read(List<Path> paths, Consumer<Found> consumer) {
        SourceReader reader = new SourceReader(options);
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "auscult-intake");
            thread.setDaemon(true);
            return thread;
        });
        try {
            // A few runs ahead and no more, in number and in bytes: memory holds what is being read, not what a folder
            // holds. A large file is read alone.
            Deque<Ahead> ahead = new ArrayDeque<>();
            long bytes = 0;
            Discovery discovery = new Discovery(readers, folderReaders, options.columns());
            for (Path path : paths) {
                for (Source source : discovery.search(path)) {
                    long size = source.bytes();
                    while (!ahead.isEmpty() && (ahead.size() > 2 * threads || bytes + size > mostBytesAhead)) {
                        Ahead first = ahead.remove();
                        result(first.found()).forEach(consumer);
                        bytes -= first.bytes();
                    }
                    ahead.add(new Ahead(pool.submit(() -> reader.read(source)), size));
                    bytes += size;
                }
            }
            while (!ahead.isEmpty()) {
                result(ahead.remove().found()).forEach(consumer);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Everything below the given files and folders, in order of path. */
    public List<Found> read(List<Path> paths) {
        List<Found> all = new ArrayList<>();
        read(paths, all::add);
        return all;
    }

    /** Watches a file or folder in which runs grow; reads nothing before the first {@link Followed#poll}. */
    public Followed follow(Path path) {
        return new Followed(path, options, () -> new Discovery(readers, folderReaders, options.columns()));
    }

    /** A path as text that is the same on every system. */
    static String idOf(Path path) {
        String text = path.toString();
        String separator = FileSystems.getDefault().getSeparator();
        return separator.equals("/") ? text : text.replace(separator, "/");
    }

    private static List<Found> result(Future<List<Found>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("reading failed", e.getCause());
        }
    }
}
