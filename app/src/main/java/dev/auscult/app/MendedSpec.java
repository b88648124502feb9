package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.ExaminedRun;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Severity;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A training spec with the remedies of findings on its data: only their lines change, with a comment why; order, comments and
 * all else stay. An edit that the spec would not take is left out, and said at the end.
 */
final class MendedSpec {
    private static final int LONGEST_REASON = 90;

    private final Path source;
    private final Spec spec;
    private final ExaminedRun run;
    private final List<String> toTry = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private String text;

    /**
     * Nothing is changed yet.
     *
     * @param source the spec
     * @param spec what it says, with the options of the command line
     * @param run what was found in its data
     * @throws IOException where the spec cannot be read once more
     */
    MendedSpec(Path source, Spec spec, ExaminedRun run) throws IOException {
        this.source = source;
        this.spec = spec;
        this.run = run;
        this.text = Files.readString(source);
    }

    /**
     * The new text, for a file in the same folder: paths in a spec are relative to it.
     *
     * @param overrides what the command line said of the data, as {@code key=value}
     */
    String yaml(List<String> overrides) {
        for (String override : overrides) {
            int equals = override.indexOf('=');
            make(override.substring(0, equals), override.substring(equals + 1), "as given");
        }
        for (ExaminedRun.Reported reported : run.findings()) {
            heed(reported.finding());
        }
        if (toTry.isEmpty()) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.stripTrailing()).append("\n\n# Worth a try, or left out:\n");
        toTry.forEach(t -> whole.append("#   ").append(t).append('\n'));
        return whole.toString();
    }

    private void heed(Finding finding) {
        String who = finding.rule().code() + " " + finding.rule().name();
        Remedy remedy = finding.remedies().stream()
                .filter(r -> !r.edits().isEmpty())
                .findFirst()
                .orElse(null);
        if (remedy == null) {
            return;
        }
        if (finding.severity() == Severity.INFO || remedy.safety() == Remedy.Safety.TRY) {
            toTry.add(Cells.clean(who + ": " + DraftSpec.edits(remedy)));
            return;
        }
        String before = text;
        try {
            for (Remedy.Edit edit : remedy.edits()) {
                boolean adds = edit.value().startsWith("+");
                // The worst finding has its way with a value; lists take what each adds.
                if (adds || said.add(edit.key())) {
                    make(
                            edit.key(),
                            value(edit),
                            Cells.first(Cells.clean(who + ": " + finding.summary()), LONGEST_REASON, "…"));
                }
            }
        } catch (SpecException e) {
            text = before;
            String reason = e.problems().get(0).replaceFirst("^[^ ]*:\\d+:\\d+: ", "");
            toTry.add(
                    Cells.clean(who + ": " + DraftSpec.edits(remedy) + " does not go with the rest (" + reason + ")"));
        }
    }

    /** The value of an edit; the target is never left out. */
    private String value(Remedy.Edit edit) {
        if (!edit.key().equals("data.drop") || !edit.value().startsWith("+")) {
            return edit.value();
        }
        Object names = new Load(LoadSettings.builder().build())
                .loadFromString(edit.value().substring(1));
        Set<Object> dropped = new LinkedHashSet<>(names instanceof List<?> l ? l : List.of());
        dropped.removeAll(spec.data().target());
        return "+" + YamlFlow.of(new ArrayList<>(dropped));
    }

    private void make(String key, String value, String why) {
        text = SpecEdit.apply(String.valueOf(source.getFileName()), text, List.of(new Change(key, value, why)));
    }
}
