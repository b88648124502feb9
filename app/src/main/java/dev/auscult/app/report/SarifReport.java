package dev.auscult.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.RulePage;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.run.ReadProblem;
import tools.jackson.core.JsonGenerator;

/** SARIF 2.1.0, which code hosts and editors show; each result is written as it comes. */
public final class SarifReport implements Report {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** The exit code where no input could be read. */
    private static final int UNREADABLE = 3;

    private final ReportContext context;
    private final JsonGenerator json;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<ReadProblem> refusals = new ArrayList<>();
    private final List<ReadProblem> problems = new ArrayList<>();
    private final Spots spots;
    private boolean read;

    SarifReport(ReportContext context) {
        this(context, Spots.NONE);
    }

    /** The same with what knows where in a file a finding can be seen. */
    public SarifReport(ReportContext context, Spots spots) {
        this.context = context;
        this.spots = spots;
        this.json = JsonText.open(context.out());
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "Auscult");
        json.writeStringProperty("version", context.version());
        json.writeArrayPropertyStart("rules");
        context.rules().forEach(this::rule);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringProperty("columnKind", "unicodeCodePoints");
        json.writeArrayPropertyStart("results");
    }

    private void rule(RuleInfo rule) {
        indices.put(rule.code(), indices.size());
        RulePage page = RulePage.of(rule);
        json.writeStartObject();
        json.writeStringProperty("id", rule.code());
        json.writeStringProperty("name", rule.name());
        text("shortDescription", rule.name().replace('-', ' '));
        text("fullDescription", page.why());
        json.writeObjectPropertyStart("help");
        String help = help(page);
        json.writeStringProperty("text", help);
        json.writeStringProperty("markdown", help);
        json.writeEndObject();
        json.writeObjectPropertyStart("properties");
        json.writeArrayPropertyStart("tags");
        json.writeString(rule.family().title());
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The page without its cases, which are tests. */
    private static String help(RulePage page) {
        StringBuilder help = new StringBuilder();
        for (String heading : RulePage.HEADINGS) {
            if (!heading.equals("Cases")) {
                help.append("## ")
                        .append(heading)
                        .append("\n\n")
                        .append(page.section(heading))
                        .append("\n\n");
            }
        }
        return help.toString().stripTrailing();
    }

    @Override
    public void add(ExaminedRun run) {
        if (run.isRefused()) {
            refusals.add(new ReadProblem(run.path(), 0, run.refusal()));
            return;
        }
        read = true;
        problems.addAll(run.problems());
        for (ExaminedRun.Reported reported : run.findings()) {
            result(run, reported);
        }
    }

    private void result(ExaminedRun run, ExaminedRun.Reported reported) {
        Finding finding = reported.finding();
        json.writeStartObject();
        json.writeStringProperty("ruleId", finding.rule().code());
        Integer index = indices.get(finding.rule().code());
        if (index != null) {
            json.writeNumberProperty("ruleIndex", index);
        }
        json.writeStringProperty("level", level(finding.severity()));
        text("message", finding.summary());
        json.writeArrayPropertyStart("locations");
        List<Spots.Spot> seen = spots.of(finding);
        json.writeStartObject();
        // A finding is about the run as a whole; code hosts want a line all the same.
        physical(
                seen.isEmpty() ? mainFile(run) : seen.get(0).file(),
                seen.isEmpty() ? 1 : Math.max(1, seen.get(0).line()));
        json.writeArrayPropertyStart("logicalLocations");
        finding.where().series().forEach(series -> logical(series, "series"));
        finding.where().layers().forEach(layer -> logical(layer, "layer"));
        finding.where().columns().forEach(column -> logical(column, "column"));
        json.writeEndArray();
        json.writeEndObject();
        for (Spots.Spot spot : seen.subList(Math.min(1, seen.size()), seen.size())) {
            json.writeStartObject();
            physical(spot.file(), Math.max(1, spot.line()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty(
                "auscult/v1", Fingerprint.of(run.name(), finding).hash());
        json.writeEndObject();
        if (context.baseline()) {
            json.writeStringProperty("baselineState", reported.accepted() ? "unchanged" : "new");
        }
        json.writeNumberProperty("rank", (double) finding.score());
        json.writeObjectPropertyStart("properties");
        json.writeStringProperty("run", run.name());
        json.writeStringProperty("severity", finding.severity().label());
        json.writeNumberProperty("group", reported.group());
        json.writeArrayPropertyStart("steps");
        json.writeNumber(finding.where().fromStep());
        json.writeNumber(finding.where().toStep());
        json.writeEndArray();
        json.writeArrayPropertyStart("causes");
        for (Suspect suspect : LikelyCauses.of(run)) {
            if (suspect.explains().contains(finding.rule().code())) {
                json.writeStartObject();
                json.writeStringProperty("cause", suspect.cause().label());
                JsonText.number(json, "probability", suspect.probability());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The file of a run that is a folder: an alert cannot be shown at a folder. */
    private static String mainFile(ExaminedRun run) {
        return run.files().isEmpty() || run.files().contains(run.path())
                ? run.path()
                : run.files().get(0);
    }

    private void logical(String name, String kind) {
        json.writeStartObject();
        json.writeStringProperty("fullyQualifiedName", name);
        json.writeStringProperty("kind", kind);
        json.writeEndObject();
    }

    private void physical(String path, long line) {
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(path));
        json.writeEndObject();
        if (line > 0) {
            json.writeObjectPropertyStart("region");
            json.writeNumberProperty("startLine", line);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void text(String name, String text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", text);
        json.writeEndObject();
    }

    static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    /**
     * A path as a URI: a relative reference for a relative path, {@code file://} for an absolute one. Everything but
     * unreserved characters and {@code /} is percent-encoded.
     */
    static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        if (path.startsWith("/")) {
            uri.append("file://");
        } else if (path.matches("[A-Za-z]:/.*")) {
            uri.append("file:///");
        }
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~/".indexOf(c) >= 0;
            if (unreserved) {
                uri.append(c);
            } else {
                uri.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return uri.toString();
    }

    private void notification(String level, ReadProblem problem) {
        json.writeStartObject();
        json.writeStringProperty("level", level);
        text("message", problem.problem());
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        physical(problem.file(), problem.line());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void finish() throws IOException {
        json.writeEndArray();
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        json.writeBooleanProperty("executionSuccessful", read);
        if (!read) {
            json.writeNumberProperty("exitCode", UNREADABLE);
        }
        json.writeArrayPropertyStart("toolExecutionNotifications");
        refusals.forEach(refusal -> notification("error", refusal));
        problems.forEach(problem -> notification("warning", problem));
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        context.out().write('\n');
        context.out().flush();
    }
}
