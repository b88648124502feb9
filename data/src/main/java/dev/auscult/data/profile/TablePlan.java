package dev.auscult.data.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.auscult.data.DataSettings;
import dev.auscult.data.Task;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.Names;
import dev.auscult.run.ColumnProfile.Role;
import org.jspecify.annotations.Nullable;

/**
 * What each column of a table is and what it is for: by the settings and, where they are silent, by what it holds.
 *
 * <p>A column is a number, yes or no, or a date where nearly all of its cells are: unlike a training, which refuses a bad cell,
 * this describes it.
 */
final class TablePlan {
    /** A column of so many cells of a type is meant to be of it; what else it holds is a mistake. */
    static final double MOSTLY = 0.9;
    /** So many different words are text or names, not categories. */
    private static final int MOST_DIFFERENT = 1000;

    private static final double WORDS_OF_TEXT = 4;
    private static final double CHARACTERS_OF_TEXT = 40;
    /** A last column with more different words per row is no target that one would guess. */
    private static final double MOST_CLASSES_PER_ROW = 0.5;

    private final TableSummary summary;
    private final DataSettings settings;
    private final Path file;
    private final ColumnType[] types;
    private final Role[] roles;
    private final List<String> targets = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private String task = "";

    TablePlan(TableSummary summary, DataSettings settings, Path file, boolean named, @Nullable TableProfile like) {
        this.summary = summary;
        this.settings = settings;
        this.file = file;
        types = new ColumnType[summary.names().size()];
        roles = new Role[types.length];
        Arrays.fill(roles, Role.INPUT);
        for (int i = 0; i < types.length; i++) {
            types[i] = inferred(summary.column(i));
        }
        if (like == null) {
            settings.types().forEach((name, type) -> types[require(name, "data.types")] = ColumnType.of(type, name));
            findRoles();
            findTargets(named);
            findTask();
        } else {
            follow(like);
        }
    }

    private static ColumnType inferred(ColumnTally tally) {
        long present = tally.present();
        if (tally.numbers >= MOSTLY * present) {
            return ColumnType.NUMERIC;
        }
        if (tally.yesOrNo >= MOSTLY * present) {
            return ColumnType.BOOLEAN;
        }
        if (tally.dates >= MOSTLY * present) {
            return ColumnType.DATE;
        }
        double different = tally.differentWords.distinct();
        boolean wordy = tally.blanks + tally.words >= WORDS_OF_TEXT * tally.words
                || tally.characters >= CHARACTERS_OF_TEXT * tally.words;
        return wordy && (different > MOST_DIFFERENT || 2 * different > tally.words)
                ? ColumnType.TEXT
                : ColumnType.CATEGORICAL;
    }

    private int require(String name, String role) {
        return Names.require(summary.names(), name, role, file);
    }

    private void findRoles() {
        DataSettings.Validation validation = settings.validation();
        Set<Integer> chosen = new LinkedHashSet<>();
        settings.columns().forEach(name -> chosen.add(require(name, "data.columns")));
        for (int i = 0; i < roles.length && !chosen.isEmpty(); i++) {
            roles[i] = chosen.contains(i) ? Role.INPUT : Role.DROPPED;
        }
        settings.drop().forEach(name -> roles[require(name, "data.drop")] = Role.DROPPED);
        String group = validation.group();
        if (group != null) {
            int column = require(group, "data.validation.group");
            roles[column] = chosen.contains(column) ? Role.INPUT : Role.GROUP;
            types[column] = types[column] == ColumnType.TEXT ? ColumnType.CATEGORICAL : types[column];
        }
        String time = validation.time();
        if (time != null) {
            int column = require(time, "data.validation.time");
            roles[column] = chosen.contains(column) ? Role.INPUT : Role.TIME;
        }
    }

    private void findTargets(boolean named) {
        List<String> given = settings.target();
        if (settings.task() == Task.LANGUAGE_MODEL || isNone(given)) {
            return;
        }
        if (given.isEmpty()) {
            guessTarget(named);
            return;
        }
        if (given.size() == 1 && Names.find(summary.names(), given.get(0)) < 0 && isFile(given.get(0))) {
            story.add("the targets are in " + given.get(0) + ", which is not looked at");
            return;
        }
        given.forEach(name -> target(require(name, "data.target")));
    }

    private boolean isNone(List<String> given) {
        return given.size() == 1
                && given.get(0).equals("none")
                && !summary.names().contains("none");
    }

    private boolean isFile(String name) {
        return file.resolveSibling(name).toFile().isFile();
    }

    private void guessTarget(boolean named) {
        for (String usual : Names.USUAL_TARGETS) {
            for (int i = 0; i < roles.length; i++) {
                if (named && summary.names().get(i).toLowerCase(Locale.ROOT).equals(usual)) {
                    target(i);
                    return;
                }
            }
        }
        int last = roles.length - 1;
        String name = summary.names().get(last);
        String why = implausible(last);
        if (why == null) {
            target(last);
            story.add(
                    "no target was named: the last column, " + name + ", is taken for it (--target NAME for another)");
        } else {
            story.add("no target was named, and the last column, " + name + ", " + why
                    + ": nothing is predicted (--target NAME to say what is)");
        }
    }

    /** Why nobody would predict a column; null where one might. */
    private @Nullable String implausible(int column) {
        ColumnTally tally = summary.column(column);
        double different = tally.differentNumbers.distinct() + tally.differentWords.distinct();
        if (roles[column] != Role.INPUT) {
            return "is " + (roles[column] == Role.DROPPED ? "left out" : "what the rows are split by");
        }
        if (tally.present() == 0) {
            return "is empty";
        }
        if (different <= 1) {
            return "holds one value only";
        }
        return switch (types[column]) {
            case DATE -> "holds dates";
            case TEXT -> "holds text";
            case CATEGORICAL ->
                different > MOST_CLASSES_PER_ROW * tally.present() ? "holds a different word in most rows" : null;
            default -> null;
        };
    }

    private void target(int column) {
        if (roles[column] != Role.TARGET) {
            roles[column] = Role.TARGET;
            targets.add(summary.names().get(column));
            types[column] = types[column] == ColumnType.TEXT ? ColumnType.CATEGORICAL : types[column];
        }
    }

    private void findTask() {
        Task asked = settings.task();
        if (asked != null) {
            task = asked.label();
        } else if (!targets.isEmpty()) {
            task = (targets.size() == 1 ? one(index(targets.get(0))) : several()).label();
        }
        if (task.equals(Task.CLASSIFICATION.label())) {
            // Classes are words, also where they are written as numbers.
            targets.forEach(name -> {
                int column = index(name);
                types[column] = types[column] == ColumnType.BOOLEAN ? ColumnType.BOOLEAN : ColumnType.CATEGORICAL;
            });
        }
    }

    private Task one(int column) {
        ColumnType type = types[column];
        if (type == ColumnType.CATEGORICAL || type == ColumnType.BOOLEAN) {
            return Task.CLASSIFICATION;
        }
        HashSample different = summary.column(column).differentNumbers;
        if (type != ColumnType.NUMERIC || different.distinct() > Task.MOST_NUMBERED_CLASSES) {
            return Task.REGRESSION;
        }
        double[] values = Arrays.stream(different.slots())
                .mapToDouble(different::numberAt)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return Task.areClasses(values, summary.column(column).numbers) ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    /** Several columns of yes or no are labels; others are numbers. */
    private Task several() {
        return targets.stream().mapToInt(this::index).allMatch(this::isYesOrNo) ? Task.MULTI_LABEL : Task.REGRESSION;
    }

    private boolean isYesOrNo(int column) {
        HashSample different = summary.column(column).differentNumbers;
        return types[column] == ColumnType.BOOLEAN
                || (types[column] == ColumnType.NUMERIC
                        && different.size() <= 2
                        && Arrays.stream(different.slots())
                                .mapToDouble(different::numberAt)
                                .allMatch(x -> x == 0 || x == 1));
    }

    private int index(String name) {
        return summary.names().indexOf(name);
    }

    /** The same columns are for the same as in the training part. */
    private void follow(TableProfile like) {
        task = like.task();
        List<String> absent = new ArrayList<>();
        for (FrameColumn column : like.frame().columns()) {
            int here = index(column.name());
            if (here < 0) {
                absent.add(column.name());
            } else {
                types[here] = column.type();
                roles[here] = column.role();
                if (column.role() == Role.TARGET) {
                    targets.add(column.name());
                }
            }
        }
        if (!absent.isEmpty()) {
            story.add("has no column " + String.join(", ", absent.subList(0, Math.min(8, absent.size())))
                    + (absent.size() > 8 ? ", …" : "") + ", as the training part has");
        }
        List<String> fresh = summary.names().stream()
                .filter(name -> like.frame().column(name).isEmpty())
                .toList();
        if (!fresh.isEmpty()) {
            story.add("has a column that the training part lacks: "
                    + String.join(", ", fresh.subList(0, Math.min(8, fresh.size()))) + (fresh.size() > 8 ? ", …" : ""));
        }
    }

    ColumnType type(int column) {
        return types[column];
    }

    Role role(int column) {
        return roles[column];
    }

    List<String> targets() {
        return targets;
    }

    String task() {
        return task;
    }

    List<String> story() {
        return story;
    }
}
