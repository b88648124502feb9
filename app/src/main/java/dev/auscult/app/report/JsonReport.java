package dev.auscult.app.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Where;
import dev.auscult.run.ReadProblem;
import tools.jackson.core.JsonGenerator;

/** The report for programs, as {@code docs/schema/diagnose-1.schema.json} describes it; each run is written as it comes. */
final class JsonReport implements Report {
    private static final int SCHEMA = 1;

    private final ReportContext context;
    private final JsonGenerator json;
    private final Pages pages = new Pages();

    JsonReport(ReportContext context) {
        this.context = context;
        this.json = JsonText.open(context.out());
        json.writeStartObject();
        json.writeStringProperty("auscult", context.version());
        json.writeNumberProperty("schema", SCHEMA);
        json.writeArrayPropertyStart("runs");
    }

    @Override
    public void add(ExaminedRun run) {
        json.writeStartObject();
        json.writeStringProperty("path", run.path());
        json.writeNumberProperty("part", run.part());
        strings("files", run.files());
        json.writeStringProperty("format", run.format());
        json.writeStringProperty("status", run.status().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("steps", run.steps());
        json.writeNumberProperty("points", run.points());
        json.writeArrayPropertyStart("findings");
        run.findings().forEach(this::finding);
        json.writeEndArray();
        CauseJson causes = new CauseJson(json);
        causes.list(run.differential());
        causes.grounds(run.differential());
        causes.experiments(run.experiments());
        json.writeArrayPropertyStart("unable");
        for (Diagnosis.CannotTell one : run.unable()) {
            json.writeStartObject();
            json.writeStringProperty("rule", one.rule().code());
            json.writeStringProperty("name", one.rule().name());
            json.writeStringProperty("reason", one.verdict().reason());
            json.writeStringProperty("record", one.verdict().record());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("problems");
        if (run.isRefused()) {
            problem(new ReadProblem(run.path(), 0, run.refusal()));
        }
        run.problems().forEach(this::problem);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void finding(ExaminedRun.Reported reported) {
        Finding finding = reported.finding();
        json.writeStartObject();
        json.writeStringProperty("rule", finding.rule().code());
        json.writeStringProperty("name", finding.rule().name());
        json.writeStringProperty("severity", finding.severity().label());
        json.writeNumberProperty("score", finding.score());
        json.writeNumberProperty("group", reported.group());
        if (context.baseline()) {
            json.writeStringProperty("baseline", reported.accepted() ? "accepted" : "new");
        }
        json.writeStringProperty("summary", finding.summary());
        Where where = finding.where();
        json.writeObjectPropertyStart("where");
        strings("series", where.series());
        strings("layers", where.layers());
        json.writeArrayPropertyStart("steps");
        json.writeNumber(where.fromStep());
        json.writeNumber(where.toStep());
        json.writeEndArray();
        strings("columns", where.columns());
        strings("examples", where.examples());
        json.writeEndObject();
        json.writeName("evidence");
        evidence(finding.evidence());
        strings("advice", pages.of(finding.rule()).advice());
        json.writeArrayPropertyStart("remedies");
        finding.remedies().forEach(this::remedy);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void remedy(Remedy remedy) {
        json.writeStartObject();
        json.writeStringProperty("text", remedy.text());
        json.writeStringProperty("safety", remedy.safety().label());
        json.writeArrayPropertyStart("edits");
        for (Remedy.Edit edit : remedy.edits()) {
            json.writeStartObject();
            json.writeStringProperty("key", edit.key());
            json.writeStringProperty("value", edit.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void evidence(Evidence evidence) {
        json.writeStartObject();
        json.writeStringProperty("name", evidence.name());
        JsonText.number(json, "value", evidence.value());
        json.writeStringProperty("unit", evidence.unit());
        json.writeStringProperty("formula", evidence.formula());
        json.writeArrayPropertyStart("children");
        evidence.children().forEach(this::evidence);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void problem(ReadProblem problem) {
        json.writeStartObject();
        json.writeStringProperty("file", problem.file());
        if (problem.line() > 0) {
            json.writeNumberProperty("line", problem.line());
        }
        json.writeStringProperty("problem", problem.problem());
        json.writeEndObject();
    }

    private void strings(String name, List<String> items) {
        json.writeArrayPropertyStart(name);
        items.forEach(json::writeString);
        json.writeEndArray();
    }

    @Override
    public void finish() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        context.out().write('\n');
        context.out().flush();
    }
}
