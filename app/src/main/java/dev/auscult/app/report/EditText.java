package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Remedy;

/** Edits of a spec as the lines that a person would write. */
final class EditText {
    private EditText() {}

    /** {@code data:\n  drop: [id]  # added to what is there}. */
    static String yaml(List<Remedy.Edit> edits) {
        StringBuilder text = new StringBuilder();
        List<String> open = new ArrayList<>();
        for (Remedy.Edit edit : edits) {
            List<String> path = List.of(edit.key().split("\\.", -1));
            List<String> parents = path.subList(0, path.size() - 1);
            int same = 0;
            while (same < Math.min(open.size(), parents.size())
                    && open.get(same).equals(parents.get(same))) {
                same++;
            }
            for (int depth = same; depth < parents.size(); depth++) {
                text.append("  ".repeat(depth)).append(parents.get(depth)).append(":\n");
            }
            open = parents;
            boolean added = edit.value().startsWith("+");
            text.append("  ".repeat(parents.size()))
                    .append(path.get(path.size() - 1))
                    .append(": ")
                    .append(added ? edit.value().substring(1) : edit.value())
                    .append(added ? "  # added to what is there" : "")
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
