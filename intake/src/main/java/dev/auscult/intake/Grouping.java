package dev.auscult.intake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.intake.Discovery.Folder;
import dev.auscult.intake.Discovery.Log;
import dev.auscult.run.Split;

/** Decides which of the logs found belong to one run. */
final class Grouping {
    /** Names under which one program writes the log of the one run in a folder; the first is the main one. */
    private static final List<String> COMPANIONS = List.of(
            "trainer_state.json",
            "trainer_log.jsonl",
            "results.csv",
            "results.txt",
            "metrics.csv",
            "metrics.json",
            "progress.csv",
            "progress.json",
            "summary.csv");

    private static final Pattern GLOBAL_STEP = Pattern.compile("\"global_step\"\\s*:\\s*(\\d{1,15})");

    private Grouping() {}

    static List<Source> sources(Folder root) {
        List<Source> sources = new ArrayList<>();
        collect(root, root.logs(), sources);
        return sources;
    }

    /** Adds the runs of a folder and of those below it; {@code logs} may lack what went to a run further up. */
    private static void collect(Folder folder, List<Log> logs, List<Source> sources) {
        if (folder.reader() != null) {
            sources.add(Source.folder(folder.path(), folder.reader(), SettingsFiles.in(folder.path())));
            return;
        }
        List<Path> settings = SettingsFiles.in(folder.path());
        List<Log> rest = new ArrayList<>(logs);
        List<Folder> children = new ArrayList<>(folder.children());
        takeBestCheckpoint(rest, children);
        List<Source.Part> parts = companions(rest);
        List<Folder> splits = splitFolders(folder, children, parts);
        Events events = events(folder, logs, splits, children);
        rest.removeAll(events.taken());
        if (!events.parts().isEmpty()) {
            parts.addAll(events.parts());
        }
        Path main = splits.isEmpty() ? firstPath(parts) : folder.path();
        if (!parts.isEmpty()) {
            sources.add(new Source(main, parts, settings, null, "", true));
        }
        for (Log log : rest) {
            if (log.reader() == null) {
                sources.add(Source.refused(log.path(), log.refusal()));
            } else {
                Source.Part alone = new Source.Part(List.of(member(log, Split.NONE)), "");
                sources.add(new Source(log.path(), List.of(alone), settings, null, "", log.expected()));
            }
        }
        for (Folder child : children) {
            List<Log> left = new ArrayList<>(child.logs());
            left.removeAll(events.taken());
            collect(child, left, sources);
        }
    }

    private static Path firstPath(List<Source.Part> parts) {
        return parts.isEmpty() ? Path.of("") : parts.get(0).members().get(0).path();
    }

    /** Takes the files whose names say that one program wrote them about one run. */
    private static List<Source.Part> companions(List<Log> rest) {
        List<Source.Part> parts = new ArrayList<>();
        boolean events = rest.stream().anyMatch(Log::isEvents);
        for (String name : COMPANIONS) {
            for (Log log : List.copyOf(rest)) {
                boolean state = log.name().startsWith("trainer_");
                if (log.reader() != null && log.name().equals(name) && (events || state)) {
                    parts.add(new Source.Part(List.of(member(log, Split.NONE)), ""));
                    rest.remove(log);
                }
            }
        }
        return parts;
    }

    /** The subfolders that hold the event files of one split of this folder's run. */
    private static List<Folder> splitFolders(Folder folder, List<Folder> children, List<Source.Part> parts) {
        List<Folder> splits = children.stream()
                .filter(child -> LogNames.splitNamed(child.name()) != Split.NONE)
                .filter(child -> !child.events().isEmpty())
                .toList();
        boolean ownEvents = !folder.events().isEmpty() || !parts.isEmpty();
        return splits.size() > 1 || ownEvents ? splits : List.of();
    }

    private record Events(List<Source.Part> parts, List<Log> taken) {}

    private static Events events(Folder folder, List<Log> logs, List<Folder> splits, List<Folder> children) {
        List<Source.Member> members = new ArrayList<>();
        List<Log> taken = new ArrayList<>();
        for (Log log : logs) {
            if (log.isEvents()) {
                members.add(member(log, splits.isEmpty() ? LogNames.splitOf(folder.name()) : Split.NONE));
                taken.add(log);
            }
        }
        for (Folder split : splits) {
            for (Log log : split.events()) {
                members.add(member(log, LogNames.splitNamed(split.name())));
                taken.add(log);
            }
        }
        List<Source.Part> parts = new ArrayList<>();
        if (!members.isEmpty()) {
            parts.add(new Source.Part(members, ""));
            for (Folder child : children) {
                if (!splits.contains(child) && isLeafOfEvents(child)) {
                    parts.add(new Source.Part(
                            child.events().stream()
                                    .map(log -> member(log, Split.NONE))
                                    .toList(),
                            child.name()));
                    taken.addAll(child.events());
                }
            }
        }
        return new Events(parts, taken);
    }

    /** A subfolder of nothing but event files: a writer may have made it for one tag; reading it will tell. */
    private static boolean isLeafOfEvents(Folder folder) {
        return folder.children().isEmpty()
                && folder.reader() == null
                && !folder.logs().isEmpty()
                && folder.logs().size() == folder.events().size();
    }

    /** Keeps of the trainer states in a folder and in its checkpoints the one that got furthest. */
    private static void takeBestCheckpoint(List<Log> logs, List<Folder> children) {
        List<Log> states =
                new ArrayList<>(logs.stream().filter(Grouping::isState).toList());
        boolean ownState = !states.isEmpty();
        List<Folder> checkpoints = children.stream()
                .filter(child -> child.name().startsWith("checkpoint-"))
                .filter(child -> child.logs().stream().anyMatch(Grouping::isState))
                .toList();
        if (checkpoints.isEmpty() || (checkpoints.size() == 1 && !ownState)) {
            return;
        }
        checkpoints.forEach(
                child -> child.logs().stream().filter(Grouping::isState).forEach(states::add));
        // The first of equals wins: the folder's own one.
        Log best = states.stream()
                .sorted(Comparator.comparingLong(Grouping::globalStep).reversed())
                .findFirst()
                .orElseThrow();
        logs.removeIf(Grouping::isState);
        logs.add(best);
        for (Folder checkpoint : checkpoints) {
            List<Log> others =
                    checkpoint.logs().stream().filter(log -> !isState(log)).toList();
            int at = children.indexOf(checkpoint);
            children.set(at, new Folder(checkpoint.path(), others, checkpoint.children(), null));
        }
    }

    private static boolean isState(Log log) {
        return log.reader() != null && log.name().equals("trainer_state.json");
    }

    private static long globalStep(Log state) {
        Matcher matcher = GLOBAL_STEP.matcher(state.head());
        if (matcher.find()) {
            return Long.parseLong(matcher.group(1));
        }
        Path parent = state.path().getParent();
        String folder = parent == null ? "" : LogNames.of(parent);
        String number = folder.substring(folder.lastIndexOf('-') + 1);
        return number.matches("\\d{1,15}") ? Long.parseLong(number) : -1;
    }

    private static Source.Member member(Log log, Split split) {
        return new Source.Member(log.path(), Objects.requireNonNull(log.reader()), split);
    }
}
