package dev.auscult.app;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.auscult.app.report.Fingerprint;
import dev.auscult.app.report.JsonText;
import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Rule;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of accepted findings. The first time it is written with all there are; from then on only findings that it
 * does not hold count, and those that have healed leave it. A finding is known by its run (relative to the file), its
 * rule and its place, not by its numbers.
 */
final class Baseline {
    private static final int VERSION = 1;

    private final Path file;
    private final PathNames names;
    private final boolean isNew;
    private final SortedSet<Fingerprint> accepted = new TreeSet<>();
    private final SortedSet<Fingerprint> seen = new TreeSet<>();
    /** What was looked at, as run and rule: only there can a finding have healed. */
    private final Set<List<String>> judged = new HashSet<>();

    private Baseline(Path file, boolean isNew) {
        this.file = file;
        this.isNew = isNew;
        Path folder = file.toAbsolutePath().getParent();
        this.names = new PathNames(folder == null ? file.toAbsolutePath() : folder);
    }

    /** Reads the file, or begins a new one. */
    static Baseline open(Path file) {
        if (!Files.exists(file)) {
            return new Baseline(file, true);
        }
        Baseline baseline = new Baseline(file, false);
        try {
            JsonNode root = JsonMapper.builder().build().readTree(Files.readString(file));
            if (root == null || root.path("auscult-baseline").asInt(0) != VERSION) {
                throw notOne(file);
            }
            for (JsonNode entry : root.path("findings")) {
                List<String> where = new ArrayList<>();
                entry.path("where").forEach(w -> where.add(w.asString("")));
                baseline.accepted.add(new Fingerprint(
                        entry.path("run").asString(""), entry.path("rule").asString(""), where));
            }
        } catch (JacksonException e) {
            throw notOne(file);
        } catch (IOException e) {
            throw new UsageException("baseline " + file + " cannot be read; make it readable or give another one");
        }
        return baseline;
    }

    private static UsageException notOne(Path file) {
        return new UsageException("baseline " + file
                + " is not one that Auscult wrote; give another file, or remove it to begin a new one");
    }

    /** Whether there was no file: every finding is accepted, and shown. */
    boolean isNew() {
        return isNew;
    }

    /** Notes the findings of a run and returns those that were accepted before. */
    Set<Finding> accept(Path path, int part, Diagnosis diagnosis, List<Rule> rules) {
        String run = names.relative(path) + (part > 1 ? "#" + part : "");
        Set<String> unable = new HashSet<>();
        diagnosis.unable().forEach(one -> unable.add(one.rule().code()));
        for (Rule rule : rules) {
            if (!unable.contains(rule.info().code())) {
                judged.add(List.of(run, rule.info().code()));
            }
        }
        Set<Finding> known = new HashSet<>();
        for (Finding finding : diagnosis.findings()) {
            Fingerprint fingerprint = Fingerprint.of(run, finding);
            seen.add(fingerprint);
            if (accepted.contains(fingerprint)) {
                known.add(finding);
            }
        }
        return known;
    }

    /** Writes the file anew where that changes it, and tells what changed; empty if nothing did. */
    String save() throws IOException {
        SortedSet<Fingerprint> keep = new TreeSet<>(isNew ? seen : accepted);
        int before = keep.size();
        keep.removeIf(f -> judged.contains(List.of(f.run(), f.rule())) && !seen.contains(f));
        if (!isNew && keep.size() == before) {
            return "";
        }
        write(keep);
        if (isNew) {
            return "wrote baseline " + file + " with " + keep.size() + (keep.size() == 1 ? " finding" : " findings")
                    + "; from now on only new ones count";
        }
        int healed = before - keep.size();
        return healed + (healed == 1 ? " finding has" : " findings have") + " healed and left baseline " + file;
    }

    private void write(SortedSet<Fingerprint> findings) throws IOException {
        Path target = file.toAbsolutePath();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(fresh)) {
            JsonGenerator json = JsonText.open(out);
            json.writeStartObject();
            json.writeNumberProperty("auscult-baseline", VERSION);
            json.writeArrayPropertyStart("findings");
            for (Fingerprint finding : findings) {
                json.writeStartObject();
                json.writeStringProperty("run", finding.run());
                json.writeStringProperty("rule", finding.rule());
                json.writeArrayPropertyStart("where");
                finding.where().forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
            out.write('\n');
        }
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
