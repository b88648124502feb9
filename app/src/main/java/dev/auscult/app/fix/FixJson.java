package dev.auscult.app.fix;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.auscult.app.report.CauseJson;
import dev.auscult.app.report.JsonText;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.SpecEdit.Change;
import tools.jackson.core.JsonGenerator;

/** The answer of a repair for programs, as {@code docs/schema/fix-1.schema.json} describes it. */
public final class FixJson {
    private static final int SCHEMA = 1;

    private final Writer out;
    private final JsonGenerator json;
    private final CauseJson causes;

    public FixJson(Writer out) {
        this.out = out;
        this.json = JsonText.open(out);
        this.causes = new CauseJson(json);
    }

    /** Writes it. */
    public void print(FixResult result, FixFiles files, String version) throws IOException {
        json.writeStartObject();
        json.writeStringProperty("auscult", version);
        json.writeNumberProperty("schema", SCHEMA);
        json.writeStringProperty("spec", files.spec());
        json.writeStringProperty("ending", label(result.ending().name()));
        json.writeStringProperty("fixed-spec", files.fixed());
        json.writeStringProperty("report", files.report());
        json.writeStringProperty("recordings", files.recordings());
        changes(result.changes());
        causes.list(result.first().stream().map(TrialResult::differential).findFirst());
        comparison("overall", result.overall());
        json.writeArrayPropertyStart("steps");
        result.steps().forEach(this::step);
        json.writeEndArray();
        trials("first", result.first());
        trials("last", result.last());
        json.writeArrayPropertyStart("left");
        result.left().forEach(c -> json.writeString(c.label()));
        json.writeEndArray();
        json.writeArrayPropertyStart("advice");
        result.advice().forEach(causes::treatment);
        json.writeEndArray();
        JsonText.number(json, "cost", result.cost());
        JsonText.number(json, "seconds", result.seconds());
        json.writeEndObject();
        json.flush();
        out.write('\n');
        out.flush();
    }

    private static String label(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void changes(List<Change> changes) {
        json.writeArrayPropertyStart("changes");
        for (Change change : changes) {
            json.writeStartObject();
            json.writeStringProperty("key", change.key());
            json.writeStringProperty("value", change.value());
            json.writeStringProperty("why", change.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void step(FixStep step) {
        json.writeStartObject();
        json.writeStringProperty("treatment", step.treatment().name());
        json.writeStringProperty("cause", step.treatment().cause().label());
        json.writeStringProperty("decision", label(step.decision().name()));
        json.writeStringProperty("reason", step.reason());
        changes(step.changes());
        Differential differential = step.differential();
        causes.list(Optional.of(differential));
        comparison("comparison", step.comparison());
        strings("gone", step.gone());
        strings("left", step.left());
        trials("before", step.before());
        trials("after", step.after());
        json.writeEndObject();
    }

    private void comparison(String name, Optional<Comparison> comparison) {
        if (comparison.isEmpty()) {
            return;
        }
        Comparison one = comparison.get();
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("metric", one.metric());
        json.writeBooleanProperty("higher-is-better", one.higherIsBetter());
        numbers("before", one.before());
        numbers("after", one.after());
        JsonText.number(json, "p", one.p());
        JsonText.number(json, "effect", one.effect());
        JsonText.number(json, "gain", one.gain());
        json.writeEndObject();
    }

    private void trials(String name, List<TrialResult> trials) {
        json.writeArrayPropertyStart(name);
        for (TrialResult trial : trials) {
            json.writeStartObject();
            json.writeStringProperty("name", trial.request().name());
            json.writeNumberProperty("seed", trial.request().seed());
            json.writeStringProperty("ended", trial.ended());
            json.writeNumberProperty("steps", trial.steps());
            json.writeNumberProperty("planned", trial.planned());
            JsonText.number(json, "seconds", trial.seconds());
            json.writeObjectPropertyStart("kept");
            for (Map.Entry<String, Double> figure : new TreeMap<>(trial.kept()).entrySet()) {
                JsonText.number(json, figure.getKey(), figure.getValue());
            }
            json.writeEndObject();
            json.writeStringProperty("status", label(trial.diagnosis().status().name()));
            strings(
                    "findings",
                    trial.diagnosis().findings().stream()
                            .map(Finding::rule)
                            .map(r -> r.code())
                            .distinct()
                            .toList());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void strings(String name, List<String> items) {
        json.writeArrayPropertyStart(name);
        items.forEach(json::writeString);
        json.writeEndArray();
    }

    private void numbers(String name, double[] values) {
        json.writeArrayPropertyStart(name);
        for (double value : values) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeString(Double.toString(value));
            }
        }
        json.writeEndArray();
    }
}
