package dev.auscult.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one table that turns the name of a hyper-parameter in any framework into what it means.
 *
 * <p>The whole name is looked up in {@code setting-names.txt}, then the last part of a nested name, unless that part is
 * told in the table to be too general or its parent is another thing: {@code scheduler.patience} is not the patience of
 * early stopping, {@code eval.batch_size} not the batch size of training.
 */
public final class SettingVocabulary {
    private static final String TABLE = "setting-names.txt";

    private static final Pattern SEPARATOR = Pattern.compile("[\\s_-]+");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z])");

    /** Parents whose settings are not those of training. */
    private static final Set<String> FOREIGN_PARENTS = Set.of(
            "eval",
            "evaluation",
            "val",
            "valid",
            "validation",
            "test",
            "testing",
            "predict",
            "prediction",
            "inference",
            "generation",
            "sampler",
            "teacher",
            "ema",
            "tokenizer",
            "val_dataloader",
            "test_dataloader",
            "val_loader",
            "test_loader",
            "eval_dataset",
            "val_dataset",
            "test_dataset",
            "generation_config");

    /** Parents that are schedules: of what lies under them only the warm-up and the schedule itself count. */
    private static final Set<String> SCHEDULES = Set.of(
            "scheduler", "lr_scheduler", "sched", "param_scheduler", "schedule", "plateau", "reduce_lr_on_plateau");

    private static final Set<Setting> SETTINGS_OF_SCHEDULE =
            Set.of(Setting.SCHEDULE, Setting.WARMUP_STEPS, Setting.WARMUP_EPOCHS);

    private static final List<Row> ROWS = readRows();
    private static final Map<String, Row> NAMES = names(ROWS);

    private SettingVocabulary() {}

    /** What a setting of this name means; empty if it is not one that every framework has. */
    public static Optional<Setting> resolve(String name) {
        List<String> parts = parts(name);
        Row whole = NAMES.get(String.join(".", parts));
        if (whole != null) {
            return Optional.of(whole.setting());
        }
        for (int from = 1; from < parts.size(); from++) {
            Row row = NAMES.get(String.join(".", parts.subList(from, parts.size())));
            if (row != null && row.nested()) {
                return isForeign(parts.subList(0, from), row.setting()) ? Optional.empty() : Optional.of(row.setting());
            }
        }
        return Optional.empty();
    }

    /** The table, in its order. */
    static List<Row> rows() {
        return ROWS;
    }

    private static boolean isForeign(List<String> parents, Setting setting) {
        return parents.stream()
                .anyMatch(parent -> FOREIGN_PARENTS.contains(parent)
                        || (SCHEDULES.contains(parent) && !SETTINGS_OF_SCHEDULE.contains(setting)));
    }

    /** The parts of a nested name in the spelling of the table; a trailing {@code value} is a tracker's own. */
    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.strip().split("[./:]+", -1)) {
            String words = HUMP.matcher(part).replaceAll("_").toLowerCase(Locale.ROOT);
            String plain = SEPARATOR.matcher(words).replaceAll("_");
            if (plain.startsWith("_") && !plain.endsWith("_")) {
                plain = plain.substring(1);
            }
            if (!plain.isEmpty()) {
                parts.add(plain);
            }
        }
        int last = parts.size() - 1;
        return last > 0 && parts.get(last).equals("value") ? parts.subList(0, last) : parts;
    }

    private static List<Row> readRows() {
        List<Row> rows = new ArrayList<>();
        try (InputStream table = SettingVocabulary.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("missing from the program: " + TABLE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(Row.parse(line));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(TABLE, broken);
        }
        return List.copyOf(rows);
    }

    private static Map<String, Row> names(List<Row> rows) {
        Map<String, Row> names = new HashMap<>();
        for (Row row : rows) {
            for (String name : row.names()) {
                if (names.put(name, row) != null) {
                    throw new IllegalStateException("twice in " + TABLE + ": " + name);
                }
            }
        }
        return Map.copyOf(names);
    }

    /**
     * One row of the table.
     *
     * @param setting what the names mean
     * @param nested whether they mean it as the last part of a longer name too
     * @param names the names, in the spelling of the table
     */
    record Row(Setting setting, boolean nested, List<String> names) {
        static Row parse(String line) {
            String[] cells = line.split(";", -1);
            if (cells.length != 3) {
                throw new IllegalArgumentException("3 cells wanted, got " + cells.length + ": " + line);
            }
            String where = cells[1].strip();
            if (!where.equals("nested") && !where.equals("whole")) {
                throw new IllegalArgumentException("neither nested nor whole: " + line);
            }
            List<String> names = Arrays.asList(cells[2].strip().split(" +", -1));
            return new Row(Setting.valueOf(cells[0].strip()), where.equals("nested"), List.copyOf(names));
        }
    }
}
