package dev.auscult.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.ExaminedRun;
import dev.auscult.data.DataSettings;
import dev.auscult.data.Task;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.SpecFile;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Begins a training spec from what is known of the data: what was said on the command line, what was derived, and the
 * remedies of the findings, the worst first. Each line says why it is there; an edit that the spec would not take is left out,
 * and said.
 */
final class DraftSpec {
    private static final int LONGEST_REASON = 100;

    private final Spec spec;
    private final Path base;
    private final DataCheckup checkup;
    private final ExaminedRun run;
    private Map<String, Line> lines = new LinkedHashMap<>();
    private final List<String> toTry = new ArrayList<>();

    /**
     * A key with its value.
     *
     * @param value text, number, truth value, list or mapping
     * @param why why it is there
     */
    private record Line(Object value, String why) {}

    DraftSpec(Spec spec, Path base, DataCheckup checkup, ExaminedRun run) {
        this.spec = spec;
        this.base = base;
        this.checkup = checkup;
        this.run = run;
    }

    /** The spec as YAML, with paths relative to the file that it goes to. */
    String yaml(Path file) {
        Path folder =
                Objects.requireNonNullElse(file.toAbsolutePath().normalize().getParent(), Path.of("/"));
        given(folder);
        derived();
        for (ExaminedRun.Reported reported : run.findings()) {
            heed(reported.finding());
        }
        validation();
        StringBuilder text =
                new StringBuilder("# Begun by auscult data from what it found; look it over before you train.\n");
        text.append(print(lines));
        if (!toTry.isEmpty()) {
            text.append("\n# Worth a try, or left out:\n");
            toTry.forEach(t -> text.append("#   ").append(t).append('\n'));
        }
        return text.toString();
    }

    private void put(String key, Object value, String why) {
        lines.put(key, new Line(value, why));
    }

    private String relative(Path folder, String name) {
        return new PathNames(folder).relative(base.resolve(name).normalize());
    }

    private void given(Path folder) {
        DataSettings data = spec.data();
        put("name", spec.name(), "");
        put("seed", spec.seed(), "the same seed gives the same training");
        put("data.train", relative(folder, data.train()), "");
        String test = data.test();
        if (test != null) {
            put("data.test", relative(folder, test), "measured at the end, never learned from");
        }
        if (data.format() != null) {
            put("data.format", data.format(), "as given");
        }
        if (data.separator() != null) {
            put("data.separator", data.separator(), "as given");
        }
        if (data.header() != null) {
            put("data.header", data.header(), "as given");
        }
        if (!data.types().isEmpty()) {
            put("data.types", new LinkedHashMap<>(data.types()), "as given");
        }
        if (!data.columns().isEmpty()) {
            put("data.columns", data.columns(), "as given");
        }
        if (!data.drop().isEmpty()) {
            put("data.drop", new ArrayList<>(data.drop()), "as given");
        }
        String group = data.validation().group();
        if (group != null) {
            put("data.validation.group", group, "rows that belong together stay on one side");
        }
        String time = data.validation().time();
        if (time != null) {
            put("data.validation.time", time, "the latest rows are held out");
        }
        String held = data.validation().file();
        if (held != null) {
            put("data.validation.file", relative(folder, held), "as given");
        }
    }

    private void derived() {
        DataProfile profile = checkup.profile();
        DataProfile.Part train = profile.part(Split.TRAIN).orElseThrow();
        List<String> target = train.columns().isEmpty() ? spec.data().target() : profile.target();
        if (!target.isEmpty() && !target.equals(List.of("none"))) {
            Object value = target.size() == 1 ? target.get(0) : target;
            put(
                    "data.target",
                    value,
                    spec.data().target().isEmpty() ? "derived: make sure that it is the right one" : "");
        }
        if (!profile.task().isEmpty()) {
            int classes = train.labelCounts().size();
            String why = classes > 0 ? String.format(Locale.ROOT, "%,d classes", classes) : "";
            put("data.task", profile.task(), why);
        }
        if (train.columns().isEmpty()) {
            return;
        }
        List<ColumnProfile> inputs =
                train.columns().stream().filter(c -> c.role() == Role.INPUT).toList();
        long gaps = inputs.stream().filter(c -> c.missing() > 0).count();
        if (gaps > 0) {
            put(
                    "data.missing",
                    "impute",
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d inputs have empty cells: median, or a" + " category of their own",
                            gaps,
                            inputs.size()));
        }
        if (inputs.stream().anyMatch(c -> c.type().equals("numeric"))) {
            put("data.normalize", "standard", "each number to mean 0 and deviation 1, by the training part alone");
        }
    }

    /** What is held out, where neither the command line nor a finding says it. */
    private void validation() {
        boolean decided = lines.keySet().stream().anyMatch(k -> k.startsWith("data.validation"));
        if (decided) {
            return;
        }
        boolean classes = checkup.profile().task().equals(Task.CLASSIFICATION.label());
        put("data.validation.fraction", 0.2, "held out to see how well it does on rows it has not seen");
        if (classes) {
            put("data.validation.stratified", true, "each class has the same share in both parts");
        }
    }

    private void heed(Finding finding) {
        String who = finding.rule().code() + " " + finding.rule().name();
        Optional<Remedy> remedy =
                finding.remedies().stream().filter(r -> !r.edits().isEmpty()).findFirst();
        if (remedy.isEmpty()) {
            return;
        }
        boolean remark = finding.severity() == Severity.INFO;
        if (remark || remedy.get().safety() == Remedy.Safety.TRY) {
            toTry.add(Cells.clean(who + ": " + edits(remedy.get())));
            return;
        }
        Map<String, Line> before = new LinkedHashMap<>(lines);
        for (Remedy.Edit edit : remedy.get().edits()) {
            apply(edit, who + ": " + finding.summary());
        }
        try {
            SpecFile.parse("draft", print(lines), "draft", List.of());
        } catch (SpecException e) {
            lines = before;
            toTry.add(Cells.clean(who + ": " + edits(remedy.get()) + " does not go with the rest ("
                    + e.problems().get(0).replaceFirst("^draft:\\d+:\\d+: ", "") + ")"));
        }
    }

    /** {@code data.drop: +[id], data.shuffle: true}. */
    static String edits(Remedy remedy) {
        return String.join(
                ", ",
                remedy.edits().stream().map(e -> e.key() + ": " + e.value()).toList());
    }

    private void apply(Remedy.Edit edit, String why) {
        boolean adds = edit.value().startsWith("+");
        Object value;
        try {
            value = new Load(LoadSettings.builder().build())
                    .loadFromString(adds ? edit.value().substring(1) : edit.value());
        } catch (YamlEngineException e) {
            throw new IllegalStateException("a remedy of " + why + " is no YAML: " + edit.value(), e);
        }
        Line old = lines.get(edit.key());
        if (adds && value instanceof List<?> more) {
            Set<Object> all = new LinkedHashSet<>(old != null && old.value() instanceof List<?> l ? l : List.of());
            all.addAll(more);
            // The target cannot be left out, nor what decides the split be an input.
            if (edit.key().equals("data.drop")) {
                all.removeAll(checkup.profile().target());
            }
            put(edit.key(), new ArrayList<>(all), together(old, why));
        } else if (adds && value instanceof Map<?, ?> more) {
            Map<Object, Object> all =
                    new LinkedHashMap<>(old != null && old.value() instanceof Map<?, ?> m ? m : Map.of());
            more.forEach(all::putIfAbsent);
            put(edit.key(), all, together(old, why));
        } else if (value != null && (old == null || !old.why().startsWith("DAT"))) {
            put(edit.key(), value, why);
        }
    }

    private static String together(@Nullable Line old, String why) {
        return old == null || old.why().isEmpty() ? why : old.why() + "; " + why;
    }

    private String print(Map<String, Line> all) {
        StringBuilder text = new StringBuilder();
        print(nested(all), 0, text);
        return text.toString();
    }

    /** Lines by dotted keys as mappings inside mappings. */
    private static Map<String, Object> nested(Map<String, Line> all) {
        Map<String, Object> root = new LinkedHashMap<>();
        all.forEach((key, line) -> {
            String[] path = key.split("\\.", -1);
            Map<String, Object> at = root;
            for (int i = 0; i + 1 < path.length; i++) {
                at = inside(at, path[i]);
            }
            at.put(path[path.length - 1], line);
        });
        return root;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inside(Map<String, Object> outer, String key) {
        if (!(outer.get(key) instanceof Map)) {
            Map<String, Object> fresh = new LinkedHashMap<>();
            // A section that was set whole gives way to its parts.
            if (outer.get(key) instanceof Line line && line.value() instanceof Map<?, ?> values) {
                values.forEach((k, v) -> fresh.put(String.valueOf(k), new Line(v, line.why())));
            }
            outer.put(key, fresh);
        }
        return (Map<String, Object>) outer.get(key);
    }

    private static void print(Map<String, Object> section, int depth, StringBuilder text) {
        String indent = "  ".repeat(depth);
        section.forEach((key, value) -> {
            if (value instanceof Line line) {
                for (String part : comments(line.why())) {
                    text.append(indent).append("# ").append(part).append('\n');
                }
                text.append(indent)
                        .append(key)
                        .append(": ")
                        .append(YamlFlow.of(line.value()))
                        .append('\n');
            } else if (value instanceof Map<?, ?> inner) {
                text.append(indent).append(key).append(":\n");
                Map<String, Object> lines = new LinkedHashMap<>();
                inner.forEach((k, v) -> lines.put(String.valueOf(k), v));
                print(lines, depth + 1, text);
            }
        });
    }

    private static List<String> comments(String why) {
        return why.isEmpty() ? List.of() : Cells.wrap(Cells.clean(why), LONGEST_REASON);
    }
}
