package dev.auscult.data.profile;

import java.util.List;

import dev.auscult.run.DataProfile;

/** What a table looks like: its profile for a run, the rows in memory, and the state from which both were made. */
public final class TableProfile {
    private final DataProfile.Part part;
    private final Frame frame;
    private final TableSummary summary;
    private final List<String> targets;
    private final List<String> story;

    TableProfile(DataProfile.Part part, Frame frame, TableSummary summary, List<String> targets, List<String> story) {
        this.part = part;
        this.frame = frame;
        this.summary = summary;
        this.targets = List.copyOf(targets);
        this.story = List.copyOf(story);
    }

    /** The profile over all rows. */
    public DataProfile.Part part() {
        return part;
    }

    /** All rows, or an even sample of them. */
    public Frame frame() {
        return frame;
    }

    /** What can be merged with that of another part of the same table. */
    public TableSummary summary() {
        return summary;
    }

    /** What is to be predicted, in the words of a training spec; empty for nothing. */
    public String task() {
        return frame.task();
    }

    /** Names of the columns to predict; empty for nothing. */
    public List<String> targets() {
        return targets;
    }

    /** What people should know of how the table was read. */
    public List<String> story() {
        return story;
    }
}
