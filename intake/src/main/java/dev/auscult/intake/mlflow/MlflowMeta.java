package dev.auscult.intake.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What {@code meta.yaml} says about a run; plain YAML values only, no objects are built from tags. */
final class MlflowMeta {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Pattern ENTRY = Pattern.compile("\\w+:\\s+[^\\[{|>&*!?\\s].*");

    private final Map<?, ?> entries;

    private MlflowMeta(Map<?, ?> entries) {
        this.entries = entries;
    }

    /** Reads the file; without entries if it is missing, broken or too long. */
    static MlflowMeta of(Path folder) throws IOException {
        Path file = folder.resolve("meta.yaml");
        if (!Files.isRegularFile(file)) {
            return new MlflowMeta(Map.of());
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(16)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            Object root = new Load(settings).loadFromString(plainEntries(new String(bytes, StandardCharsets.UTF_8)));
            return new MlflowMeta(root instanceof Map<?, ?> map ? map : Map.of());
        } catch (YamlEngineException notYaml) {
            return new MlflowMeta(Map.of());
        }
    }

    /** The lines {@code name: value} alone: what is nested says nothing here and could exhaust the stack. */
    private static String plainEntries(String yaml) {
        return yaml.lines().filter(line -> ENTRY.matcher(line).matches()).collect(Collectors.joining("\n"));
    }

    String text(String name) {
        Object value = entries.get(name);
        return value == null ? "" : value.toString();
    }

    /** The run's own id; empty if this is no run. */
    String runId() {
        String id = text("run_id");
        return id.isEmpty() ? text("run_uuid") : id;
    }

    boolean isDeleted() {
        return text("lifecycle_stage").equals("deleted");
    }

    /** Says how the run ended: as a word in databases, as a number in folders. */
    static void addStatus(RunBuilder run, String status) {
        switch (status.toUpperCase(Locale.ROOT)) {
            case "3", "FINISHED" -> run.event(RunEvent.Kind.COMPLETED, -1, "MLflow says FINISHED");
            case "1", "RUNNING" ->
                run.event(RunEvent.Kind.INTERRUPTED, -1, "MLflow says RUNNING: it goes on or was killed");
            case "4", "FAILED" -> run.event(RunEvent.Kind.INTERRUPTED, -1, "MLflow says FAILED");
            case "5", "KILLED" -> run.event(RunEvent.Kind.INTERRUPTED, -1, "MLflow says KILLED");
            default -> {}
        }
    }

    /** Hardware is sampled by the clock: its steps count samples and would stretch the run. */
    static boolean isHardware(String metric) {
        return metric.startsWith("system/");
    }
}
