package dev.auscult.app.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.diagnose.cause.Clue;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.remedy.Treatments;
import tools.jackson.core.JsonGenerator;

/** Writes causes and treatments into a JSON report. */
public final class CauseJson {
    /** Causes below it together change nothing that a program would do. */
    private static final double LEAST = 0.01;

    private final JsonGenerator json;

    public CauseJson(JsonGenerator json) {
        this.json = json;
    }

    /** {@code "causes": […]}, the most probable first; empty where there is no differential. */
    public void list(Optional<Differential> differential) {
        json.writeArrayPropertyStart("causes");
        differential.ifPresent(
                d -> d.suspects().stream().filter(s -> s.probability() >= LEAST).forEach(this::suspect));
        json.writeEndArray();
    }

    /** What the causes rest on, and what would tell the first two apart. */
    void grounds(Optional<Differential> differential) {
        differential.ifPresent(d -> {
            json.writeStringProperty("signals", d.signals().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("tells-apart", d.tellsApart());
        });
    }

    /** {@code "experiments": […]}, in order; left out where none was made. */
    void experiments(List<ExperimentResult> experiments) {
        if (experiments.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("experiments");
        for (ExperimentResult one : experiments) {
            json.writeStartObject();
            json.writeStringProperty("name", one.name());
            json.writeStringProperty("reason", one.reason());
            json.writeStringProperty("outcome", one.outcome());
            json.writeStringProperty("observation", one.observation());
            json.writeNumberProperty("steps", one.steps());
            probabilities("before", one.before());
            probabilities("after", one.after());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void probabilities(String name, Differential differential) {
        json.writeObjectPropertyStart(name);
        differential.suspects().stream()
                .filter(s -> s.probability() >= LEAST)
                .forEach(s -> JsonText.number(json, s.cause().label(), s.probability()));
        json.writeEndObject();
    }

    private void suspect(Suspect suspect) {
        json.writeStartObject();
        json.writeStringProperty("cause", suspect.cause().label());
        JsonText.number(json, "probability", suspect.probability());
        strings("explains", suspect.explains());
        json.writeStringProperty("meaning", suspect.cause().meaning());
        clues("supports", suspect.supports());
        clues("against", suspect.against());
        json.writeArrayPropertyStart("treatments");
        Treatments.of(suspect.cause()).forEach(this::treatment);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void clues(String name, List<Clue> clues) {
        json.writeArrayPropertyStart(name);
        for (Clue clue : clues) {
            json.writeStartObject();
            json.writeStringProperty("symptom", clue.symptom());
            json.writeStringProperty("text", clue.text());
            JsonText.number(json, "weight", clue.weight());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A treatment with its words and code. */
    public void treatment(Treatment treatment) {
        json.writeStartObject();
        json.writeStringProperty("name", treatment.name());
        json.writeStringProperty("safety", treatment.safety().label());
        json.writeStringProperty("text", treatment.text());
        json.writeStringProperty("pytorch", treatment.pytorch());
        json.writeStringProperty("keras", treatment.keras());
        json.writeStringProperty("effect", treatment.effect());
        json.writeStringProperty("source", treatment.source());
        json.writeBooleanProperty("edits-spec", treatment.isEdit());
        json.writeEndObject();
    }

    private void strings(String name, List<String> items) {
        json.writeArrayPropertyStart(name);
        items.forEach(json::writeString);
        json.writeEndArray();
    }
}
