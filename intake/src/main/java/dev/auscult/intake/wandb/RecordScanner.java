package dev.auscult.intake.wandb;

import java.util.Map;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads records (wandb: {@code proto/wandb_internal.proto}) into a run. */
final class RecordScanner {
    private static final int HISTORY = 2 << 3 | ProtoCursor.BYTES;
    private static final int CONFIG = 5 << 3 | ProtoCursor.BYTES;
    private static final int RUN = 17 << 3 | ProtoCursor.BYTES;
    private static final int EXIT = 18 << 3 | ProtoCursor.BYTES;

    private static final int ITEM = 1 << 3 | ProtoCursor.BYTES;
    private static final int STEP = 2 << 3 | ProtoCursor.BYTES;
    private static final int STEP_NUMBER = 1 << 3 | ProtoCursor.VARINT;
    private static final int EXIT_CODE = 1 << 3 | ProtoCursor.VARINT;
    private static final int RUN_CONFIG = 4 << 3 | ProtoCursor.BYTES;

    private final RunBuilder run;
    private final HistoryRow history;
    private final ProtoCursor in = new ProtoCursor();
    private long rows;
    private boolean exited;
    private long exitCode;

    RecordScanner(RunBuilder run) {
        this.run = run;
        this.history = new HistoryRow(run);
    }

    long rows() {
        return rows;
    }

    /** Number of values that went into the run. */
    long values() {
        return history.values();
    }

    void scan(byte[] record, int size) throws MalformedMessageException {
        in.set(record, 0, size);
        while (in.before(size)) {
            int key = in.key();
            switch (key) {
                case HISTORY -> history(in.inside());
                case CONFIG -> config(in.inside());
                case RUN -> runRecord(in.inside());
                case EXIT -> exit(in.inside());
                default -> in.skip(key);
            }
        }
    }

    /** Says how the run ended. */
    void finish() {
        if (!exited) {
            run.event(RunEvent.Kind.INTERRUPTED, run.lastStep(), "no exit record: killed, or still going");
        } else if (exitCode == 0) {
            run.event(RunEvent.Kind.COMPLETED, run.lastStep(), "exit code 0");
        } else {
            run.event(RunEvent.Kind.INTERRUPTED, run.lastStep(), "exit code " + exitCode);
        }
    }

    private void history(int end) throws MalformedMessageException {
        Items items = new Items();
        long step = rows;
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case ITEM -> items.add(in);
                case STEP -> {
                    step = 0;
                    int stepEnd = in.inside();
                    while (in.before(stepEnd)) {
                        int field = in.key();
                        if (field == STEP_NUMBER) {
                            step = in.varint();
                        } else {
                            in.skip(field);
                        }
                    }
                }
                default -> in.skip(key);
            }
        }
        rows++;
        history.add(items.tree(), step);
    }

    private void config(int end) throws MalformedMessageException {
        Items items = new Items();
        while (in.before(end)) {
            int key = in.key();
            if (key == ITEM) {
                items.add(in);
            } else {
                in.skip(key);
            }
        }
        for (Map.Entry<String, JsonNode> item : items.tree().properties()) {
            // What wandb knows of the program and the machine, not what the user set.
            if (!item.getKey().equals("_wandb")) {
                setting(run.settings(), item.getKey(), item.getValue());
            }
        }
    }

    /** Of the record of the run only the configuration: the rest names people and machines. */
    private void runRecord(int end) throws MalformedMessageException {
        while (in.before(end)) {
            int key = in.key();
            if (key == RUN_CONFIG) {
                config(in.inside());
            } else {
                in.skip(key);
            }
        }
    }

    private void exit(int end) throws MalformedMessageException {
        exited = true;
        while (in.before(end)) {
            int key = in.key();
            if (key == EXIT_CODE) {
                exitCode = in.varint();
            } else {
                in.skip(key);
            }
        }
    }

    private static void setting(Settings.Builder settings, String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            JsonNode wrapped = object.get("value");
            if (wrapped != null && object.size() <= 2) {
                setting(settings, name, wrapped);
            } else {
                object.properties().forEach(item -> setting(settings, name + "." + item.getKey(), item.getValue()));
            }
        } else if (!value.isNull()) {
            settings.put(name, value.isString() ? value.stringValue() : value.toString());
        }
    }
}
