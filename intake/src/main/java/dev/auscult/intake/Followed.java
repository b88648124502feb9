package dev.auscult.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.auscult.intake.Intake.Found;
import dev.auscult.run.RunBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The runs below a path while they grow: logs that only grow are read on where reading stopped, others are read again
 * when they changed. Not thread-safe.
 */
public final class Followed {
    private final Path path;
    private final ReadOptions options;
    private final Supplier<Discovery> discovery;
    private Map<Path, Tracked> tracked = new HashMap<>();
    private boolean changed;

    Followed(Path path, ReadOptions options, Supplier<Discovery> discovery) {
        this.path = path;
        this.options = options;
        this.discovery = discovery;
    }

    /** What there is now, in order of path; new runs appear, deleted ones go. */
    public List<Found> poll() {
        changed = false;
        Map<Path, Tracked> now = new HashMap<>();
        List<Found> all = new ArrayList<>();
        for (Source source : discovery.get().search(path)) {
            Tracked old = tracked.get(source.path());
            Tracked one = old != null && old.source.equals(source) ? old : new Tracked(source);
            now.put(source.path(), one);
            all.addAll(one.poll());
        }
        changed |= !now.keySet().equals(tracked.keySet());
        tracked = now;
        return all;
    }

    /** Whether the last {@link #poll} found anything that the one before did not. */
    public boolean hasChanged() {
        return changed;
    }

    /** Size and time of a file: when both stay, nobody wrote. */
    private record Stamp(long size, long time) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        attributes.size(), attributes.lastModifiedTime().toMillis());
            } catch (IOException gone) {
                return new Stamp(-1, 0);
            }
        }
    }

    private final class Tracked {
        private final Source source;
        private @Nullable Map<Path, Stamp> seen;
        private @Nullable Growing growing;
        private List<Found> last = List.of();

        Tracked(Source source) {
            this.source = source;
        }

        List<Found> poll() {
            Map<Path, Stamp> stamps = stamps();
            // A folder format is many files deep: its own time says too little.
            if (stamps.equals(seen) && source.folder() == null) {
                return last;
            }
            boolean shrunk = seen != null && hasShrunk(seen, stamps);
            seen = stamps;
            changed = true;
            if (isFollowable()) {
                if (growing == null || shrunk) {
                    growing = new Growing(source, options);
                }
                last = growing.poll();
            } else {
                last = new SourceReader(options).read(source);
            }
            return last;
        }

        private boolean isFollowable() {
            return source.parts().size() == 1
                    && source.parts().get(0).members().stream().allMatch(m -> m.reader() instanceof FollowableReader);
        }

        private Map<Path, Stamp> stamps() {
            Map<Path, Stamp> stamps = new HashMap<>();
            stamps.put(source.path(), Stamp.of(source.path()));
            source.settings().forEach(file -> stamps.put(file, Stamp.of(file)));
            source.parts().forEach(part -> part.members().forEach(m -> stamps.put(m.path(), Stamp.of(m.path()))));
            return stamps;
        }

        private static boolean hasShrunk(Map<Path, Stamp> before, Map<Path, Stamp> now) {
            return before.entrySet().stream().anyMatch(entry -> {
                Stamp stamp = now.get(entry.getKey());
                return stamp == null || stamp.size() < entry.getValue().size();
            });
        }
    }

    /** One source that only grows: its cursors and what they have collected. */
    private static final class Growing {
        private final Source source;
        private final ReadOptions options;
        private final Collector collector;
        private final Map<Path, LogCursor> cursors = new HashMap<>();
        private String refusal = "";

        Growing(Source source, ReadOptions options) {
            this.source = source;
            this.options = options;
            this.collector = new Collector(Intake.idOf(source.path()));
        }

        List<Found> poll() {
            refusal = "";
            for (Source.Member member : source.parts().get(0).members()) {
                collector.begin(Intake.idOf(member.path()), member.reader().format(), member.split());
                String why = SourceReader.guarded(() -> cursor(member).advance());
                if (refusal.isEmpty()) {
                    refusal = why;
                }
            }
            List<RunBuilder> runs = collector.runs();
            return new SourceReader(options).found(source, runs, refusal);
        }

        private LogCursor cursor(Source.Member member) throws IOException {
            LogCursor cursor = cursors.get(member.path());
            if (cursor == null) {
                cursor = ((FollowableReader) member.reader()).follow(LogFile.of(member.path()), options, collector);
                cursors.put(member.path(), cursor);
            }
            return cursor;
        }
    }
}
