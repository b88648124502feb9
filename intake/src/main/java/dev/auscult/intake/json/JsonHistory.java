package dev.auscult.intake.json;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Setting;

/** Reads the histories in a JSON document, whatever its shape, into runs. */
public final class JsonHistory {
    private static final Set<String> CONFIGURATION = Set.of(
            "config",
            "configuration",
            "params",
            "hparams",
            "parameters",
            "hyperparameters",
            "hyper_parameters",
            "hyperparams",
            "args",
            "arguments",
            "settings",
            "training_config",
            "train_config",
            "model_config",
            "optimizer",
            "options");

    /** Results beside the history, no settings: {@code best_val_acc}. */
    private static final Pattern RESULT =
            Pattern.compile("(?i)(^|[_ -])(best|final|last|total|elapsed|time|duration|timestamp|date)([_ -]|$)");

    private JsonHistory() {}

    /** Whether the head of a document shows a history. */
    public static boolean isHistory(JsonHead head) {
        return head.isJson()
                && !TableGroups.of(head.tables().tables(), Map.of(), new ArrayList<>())
                        .isEmpty();
    }

    /** Reads every history of a document, each as a run. */
    public static void read(LogFile file, ReadOptions options, RunSink sink)
            throws IOException, UnreadableLogException {
        JsonTables tables;
        try (var in = Files.newInputStream(file.path())) {
            tables = JsonTables.read(in);
        }
        List<String> leftOut = new ArrayList<>();
        List<TableGroups.Group> groups = TableGroups.of(tables.tables(), options.columns(), leftOut);
        if (groups.isEmpty()) {
            throw new UnreadableLogException(
                    tables.problem().isEmpty()
                            ? "JSON without a history: no list of losses or scores that form a series; name the columns"
                                    + " with --map loss=NAME if there is one"
                            : "JSON that is " + tables.fault() + " in line " + tables.problemLine()
                                    + ", before any history; write the file again");
        }
        if (!tables.problem().isEmpty()) {
            sink.problem(tables.problemLine(), tables.problem());
        }
        TableRuns runs = new TableRuns(sink, options.columns());
        for (int i = 0; i < groups.size(); i++) {
            TableGroups.Group group = groups.get(i);
            if (i > 0) {
                sink.nextRun("the file goes on with " + group.path());
            }
            addSettings(tables.scalars(), group.path(), sink);
            if (groups.size() > 1) {
                sink.run().settings().put(Setting.MODEL, group.path());
            }
            runs.write(group);
        }
        for (String path : leftOut) {
            sink.problem(0, "the list at " + path + " was left out: it does not go with the history");
        }
    }

    private static void addSettings(Map<String, String> scalars, String path, RunSink sink) {
        scalars.forEach((name, value) -> {
            int slash = name.lastIndexOf('/');
            String section = slash < 0 ? "" : name.substring(0, slash);
            String last = section.substring(section.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            boolean own = section.isEmpty() || section.equals(path) || CONFIGURATION.contains(last);
            if (own && !RESULT.matcher(name.substring(slash + 1)).find()) {
                sink.run().settings().put(name.substring(slash + 1), value);
            }
        });
    }
}
