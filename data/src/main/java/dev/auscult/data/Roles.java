package dev.auscult.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.auscult.data.DataSettings.Text;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.Names;
import dev.auscult.data.table.Table;
import dev.auscult.data.table.TableScan;
import org.jspecify.annotations.Nullable;

/** What each column of a table is for, by the settings and, where they are silent, by what the columns hold. */
final class Roles {
    /** Read where the settings do not say how. */
    private final TableScan scan;

    private final DataSettings settings;
    private final ColumnType[] types;
    private final List<String> story = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final List<String> features = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private @Nullable Path targetFile;
    private @Nullable String group;
    private @Nullable String time;
    private @Nullable Text text;

    Roles(TableScan scan, DataSettings settings, Path base) {
        this.scan = scan;
        this.settings = settings;
        types = new ColumnType[scan.names().size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = scan.type(i);
        }
        settings.types().forEach((name, type) -> {
            String column = require(name, "data.types");
            types[index(column)] = ColumnType.of(type, column);
            asked.add(column);
        });
        findTargets(base);
        findGroupAndTime();
        findFeatures();
        findTexts();
        checkNumbers();
        leaveOutNames();
    }

    /** Words that hardly ever come again would be left out later: they need not be held in memory. */
    private void leaveOutNames() {
        features.removeIf(name -> {
            boolean free =
                    types[index(name)] == ColumnType.CATEGORICAL && !asked.contains(name) && !targets.contains(name);
            String why = free ? scan.telling(index(name), name) : null;
            if (why != null) {
                story.add(why);
            }
            return why != null;
        });
    }

    /** A bad cell must not turn numbers into hundreds of words. */
    private void checkNumbers() {
        Set<String> free = new LinkedHashSet<>(features);
        if (settings.task() != Task.CLASSIFICATION && settings.task() != Task.MULTI_LABEL) {
            free.addAll(targets);
        }
        settings.types().keySet().forEach(name -> free.remove(require(name, "data.types")));
        for (String name : free) {
            if (types[index(name)] == ColumnType.CATEGORICAL || types[index(name)] == ColumnType.TEXT) {
                String stray = scan.stray(index(name), name);
                if (stray != null) {
                    throw new DataException(stray);
                }
                String remark = scan.remark(index(name), name);
                if (remark != null) {
                    story.add(remark);
                }
            }
        }
    }

    /** {@code ('NA', 'None' stand for it)} where words do in the target columns; else empty. */
    String markers() {
        Set<String> words = new LinkedHashSet<>();
        targets.forEach(target -> words.addAll(scan.markers(index(target))));
        return words.isEmpty() ? "" : " ('" + String.join("', '", words) + "' read as missing)";
    }

    private String require(String name, String role) {
        return scan.names()
                .get(Names.require(scan.names(), name, role, scan.source().file()));
    }

    private int index(String column) {
        return scan.names().indexOf(column);
    }

    private void findTargets(Path base) {
        if (settings.task() == Task.LANGUAGE_MODEL) {
            return;
        }
        if (settings.target().isEmpty()) {
            for (String usual : Names.USUAL_TARGETS) {
                for (String name : scan.names()) {
                    if (scan.source().named() && name.toLowerCase(Locale.ROOT).equals(usual)) {
                        targets.add(name);
                        return;
                    }
                }
            }
            targets.add(scan.names().get(scan.names().size() - 1));
            return;
        }
        String first = settings.target().get(0);
        if (settings.target().size() == 1 && Names.find(scan.names(), first) < 0) {
            Path file = base.resolve(first);
            Path beside = scan.source().file().resolveSibling(first);
            if (Files.isRegularFile(file) || Files.isRegularFile(beside)) {
                targetFile = Files.isRegularFile(file) ? file : beside;
                return;
            }
        }
        for (String name : settings.target()) {
            String column = require(name, "data.target");
            if (!targets.contains(column)) {
                targets.add(column);
            }
        }
        for (String target : targets) {
            if (types[index(target)] == ColumnType.TEXT) {
                types[index(target)] = ColumnType.CATEGORICAL;
            }
        }
    }

    private void findGroupAndTime() {
        String wantedGroup = settings.validation().group();
        if (wantedGroup != null) {
            String found = require(wantedGroup, "data.validation.group");
            group = found;
            if (types[index(found)] == ColumnType.TEXT) {
                types[index(found)] = ColumnType.CATEGORICAL;
            }
        }
        String wantedTime = settings.validation().time();
        if (wantedTime != null) {
            String found = require(wantedTime, "data.validation.time");
            time = found;
            ColumnType type = types[index(found)];
            if (type != ColumnType.DATE && type != ColumnType.NUMERIC) {
                throw new DataException(scan.source().file() + ": data.validation.time: column " + found + " is "
                        + type.label() + ", wanted dates (2024-03-23 20:21:09) or numbers");
            }
        }
    }

    private void findFeatures() {
        Set<String> dropped = new LinkedHashSet<>();
        settings.drop().forEach(name -> dropped.add(require(name, "data.drop")));
        Set<String> chosen = new LinkedHashSet<>();
        settings.columns().forEach(name -> chosen.add(require(name, "data.columns")));
        asked.addAll(chosen);
        boolean past = settings.sequence() != null && settings.sequence().horizon() > 0;
        for (String name : scan.names()) {
            boolean use = chosen.isEmpty() || chosen.contains(name);
            // The past of what is predicted may be seen; of one and the same row it may not.
            if (targets.contains(name)) {
                use = past && use;
            } else if (chosen.isEmpty() && (name.equals(group) || name.equals(time))) {
                story.add("column " + name + " decides the split and is no input (name it in data.columns to use it)");
                use = false;
            }
            if (use && !dropped.contains(name)) {
                features.add(name);
            }
        }
    }

    private void findTexts() {
        Text given = settings.text();
        if (given != null && !given.columns().isEmpty()) {
            for (String name : given.columns()) {
                String column = require(name, "data.text.columns");
                types[index(column)] = ColumnType.TEXT;
                texts.add(column);
            }
        } else {
            features.stream().filter(f -> types[index(f)] == ColumnType.TEXT).forEach(texts::add);
        }
        List<String> others = features.stream()
                .filter(f -> !texts.contains(f) && types[index(f)] != ColumnType.TEXT && !scan.empty(index(f)))
                .toList();
        boolean wanted = given != null || texts.stream().anyMatch(asked::contains);
        if (given != null && texts.isEmpty()) {
            throw new DataException(scan.source().file() + ": data.text: no column holds text; name one in"
                    + " data.text.columns (" + Story.some(features) + ")");
        }
        if (settings.task() == Task.LANGUAGE_MODEL && texts.isEmpty()) {
            throw new DataException(scan.source().file() + ": no column holds text, wanted one for a language model;"
                    + " name it in data.text.columns");
        }
        if (texts.isEmpty() || (!wanted && !others.isEmpty() && settings.task() != Task.LANGUAGE_MODEL)) {
            if (!texts.isEmpty()) {
                story.add("text is not mixed with other columns: left out " + Story.some(texts)
                        + " (say data.text to read it instead of them)");
            }
            features.removeAll(texts);
            texts.clear();
            return;
        }
        text = given == null ? Text.USUAL : given;
        if (!others.isEmpty()) {
            story.add("text is not mixed with other columns: left out " + Story.some(others));
        }
        features.clear();
    }

    /** The columns to read, each once. */
    List<Table.Wanted> wanted() {
        Set<String> names = new LinkedHashSet<>(targets);
        names.addAll(features);
        names.addAll(texts);
        if (group != null) {
            names.add(group);
        }
        if (time != null) {
            names.add(time);
        }
        if (names.isEmpty()) {
            throw new DataException(scan.source().file()
                    + ": no column is left; wanted at least one input (see data.columns and data.drop)");
        }
        return names.stream()
                .map(n -> new Table.Wanted(n, index(n), types[index(n)]))
                .toList();
    }

    /** Whether a column was named in the settings. */
    boolean asked(String column) {
        return asked.contains(column);
    }

    List<String> targets() {
        return targets;
    }

    /** The file whose columns are the targets; null where they are columns of the table. */
    @Nullable
    Path targetFile() {
        return targetFile;
    }

    List<String> features() {
        return features;
    }

    /** Columns that become tokens; where there are any, there are no features. */
    List<String> texts() {
        return texts;
    }

    /** How text becomes tokens; null where there is none. */
    @Nullable
    Text text() {
        return text;
    }

    @Nullable
    String group() {
        return group;
    }

    @Nullable
    String time() {
        return time;
    }

    /** What people should know. */
    List<String> story() {
        return story;
    }
}
