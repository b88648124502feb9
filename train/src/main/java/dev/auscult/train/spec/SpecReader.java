package dev.auscult.train.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.auscult.data.DataSettings;
import dev.auscult.data.Task;
import org.jspecify.annotations.Nullable;

/** Makes a complete spec out of a tree of YAML. */
final class SpecReader {
    private final Problems problems = new Problems();
    private final SectionReader reader = new SectionReader(problems);
    private final Consistency consistency = new Consistency(problems);

    private SpecReader() {}

    /**
     * Reads a spec.
     *
     * @param name name of the run where the spec gives none
     */
    static Spec read(YamlNode root, String name) {
        SpecReader reader = new SpecReader();
        Spec spec = reader.spec(root, name);
        reader.problems.throwIfAny();
        return spec;
    }

    private Spec spec(YamlNode root, String name) {
        Values top = reader.section(root, root.place(), SpecVocabulary.section(""), "");
        Values data = section(top, "data");
        Values validation = validation(data);
        Values loss = section(top, "loss");
        Values optimizer = section(top, "optimizer");
        Values schedule = section(top, "schedule");
        Values regularization = section(top, "regularization");
        Values training = section(top, "training");
        Values model = section(top, "model");
        Values record = section(top, "record");
        Values policy = section(top, "policy");

        ModelSettings network =
                new ModelSettings(reader.layers(model.node("layers"), "model.layers"), (InitializerSettings)
                        model.all().getOrDefault("initializer", new InitializerSettings("default", 0)));
        TrainingSettings.@Nullable EarlyStopping stopping = earlyStopping(training);
        TrainingSettings.@Nullable Pruning pruning = pruning(training);
        Spec spec = new Spec(
                top.says("name") ? top.text("name") : name,
                top.longInteger("seed"),
                data(data, validation),
                network,
                loss(loss),
                top.texts("metrics"),
                optimizer(optimizer),
                schedule(schedule),
                new RegularizationSettings(
                        regularization.number("l1"),
                        regularization.number("l2"),
                        regularization.number("label-smoothing"),
                        regularization.number("max-norm"),
                        regularization.number("swa-start"),
                        regularization.number("ema")),
                training(training, stopping, pruning),
                new RecordSettings(
                        record.integer("every"),
                        record.truth("logarithmic"),
                        Set.copyOf(record.texts("tensors")),
                        record.integer("scalars-every"),
                        record.truth("images"),
                        record.integer("examine-every")),
                new PolicySettings(policy.text("critical"), policy.text("high"), policy.text("unwritable")));
        consistency.data(data);
        consistency.generate(data);
        consistency.optimizer(optimizer);
        consistency.lineSearch(optimizer, training);
        consistency.schedule(schedule);
        consistency.record(record);
        consistency.regularization(regularization, loss);
        consistency.weights(data, loss);
        consistency.watching(spec, training, schedule);
        return spec;
    }

    /** A nested section, which has its defaults where the spec does not name it. */
    private Values section(Values outer, String name) {
        return reader.section(outer.node(name), outer.placeOf(name), SpecVocabulary.section(name), name);
    }

    /** A nested section that may be absent. */
    private @Nullable Values optional(Values outer, String key, String path) {
        YamlNode node = outer.node(key);
        return node == null ? null : reader.section(node, node.place(), SpecVocabulary.section(path), path);
    }

    private Values validation(Values data) {
        YamlNode node = data.node("validation");
        Block block = SpecVocabulary.section("data.validation");
        Place place = data.placeOf("validation");
        if (node instanceof YamlNode.Scalar scalar && scalar.text().equals("none")) {
            Values none = reader.section(null, place, block, "data.validation");
            none.put("fraction", 0.0);
            none.put("stratified", false);
            return none;
        }
        Values values = reader.section(node, place, block, "data.validation");
        consistency.validation(values);
        if (values.says("file") || values.integer("folds") > 0) {
            values.put("fraction", 0.0);
        }
        if (!values.says("stratified") && (values.says("group") || values.says("time") || values.says("file"))) {
            values.put("stratified", false);
        }
        return values;
    }

    private DataSettings data(Values data, Values validation) {
        Object normalize = data.all().getOrDefault("normalize", "standard");
        Map<String, String> types = new HashMap<>();
        if (data.all().get("types") instanceof Map<?, ?> map) {
            map.forEach((column, type) -> types.put((String) column, (String) type));
        }
        String task = data.text("task");
        Values generate = optional(data, "generate", "data.generate");
        Values text = optional(data, "text", "data.text");
        Values image = optional(data, "image", "data.image");
        Values audio = optional(data, "audio", "data.audio");
        Values sequence = optional(data, "sequence", "data.sequence");
        return new DataSettings(
                data.text("train"),
                data.optionalText("test"),
                data.optionalText("format"),
                data.texts("target"),
                task.isEmpty()
                        ? null
                        : Task.valueOf(task.toUpperCase(Locale.ROOT).replace('-', '_')),
                data.optionalTruth("header"),
                data.optionalText("separator"),
                data.texts("columns"),
                data.texts("drop"),
                types,
                new DataSettings.Validation(
                        validation.number("fraction"),
                        validation.truth("stratified"),
                        validation.optionalText("file"),
                        validation.integer("folds"),
                        validation.integer("fold"),
                        validation.optionalText("group"),
                        validation.optionalText("time")),
                normalize instanceof String word ? word : "divide",
                normalize instanceof Double divisor ? divisor : 1,
                data.truth("normalize-target"),
                data.text("missing"),
                data.text("encode"),
                data.truth("shuffle"),
                reader.augments(data.node("augment"), "data.augment"),
                data.text("imbalance"),
                generate == null
                        ? null
                        : new DataSettings.Generate(
                                generate.text("type"),
                                generate.integer("rows"),
                                generate.number("tolerance"),
                                generate.integer("steps")),
                text == null
                        ? null
                        : new DataSettings.Text(
                                text.texts("columns"),
                                text.text("tokenizer"),
                                text.integer("vocabulary"),
                                text.integer("length")),
                image == null
                        ? null
                        : new DataSettings.Image(
                                image.integer("width"), image.integer("height"), image.integer("channels")),
                audio == null
                        ? null
                        : new DataSettings.Audio(
                                audio.integer("rate"),
                                audio.number("seconds"),
                                audio.text("features"),
                                audio.integer("bands")),
                sequence == null
                        ? null
                        : new DataSettings.Sequence(
                                sequence.integer("length"), sequence.integer("stride"), sequence.integer("horizon")),
                data.longInteger("memory"));
    }

    private static LossSettings loss(Values loss) {
        return new LossSettings(
                loss.text("type"),
                loss.text("reduction"),
                loss.number("delta"),
                loss.number("gamma"),
                loss.optionalNumbers("class-weights"));
    }

    private OptimizerSettings optimizer(Values optimizer) {
        List<OptimizerSettings.Group> groups = reader
                .sections(optimizer.node("groups"), SpecVocabulary.section("optimizer.groups"), "optimizer.groups")
                .stream()
                .map(group -> new OptimizerSettings.Group(
                        group.text("match"),
                        group.number("learning-rate"),
                        group.optionalNumber("weight-decay"),
                        group.truth("frozen")))
                .toList();
        return new OptimizerSettings(
                optimizer.text("type"),
                optimizer.number("learning-rate"),
                optimizer.number("momentum"),
                optimizer.truth("nesterov"),
                optimizer.number("beta1"),
                optimizer.number("beta2"),
                optimizer.number("epsilon"),
                optimizer.number("weight-decay"),
                optimizer.text("decay"),
                optimizer.truth("decay-biases"),
                optimizer.integer("history-size"),
                optimizer.integer("iterations"),
                groups);
    }

    private ScheduleSettings schedule(Values schedule) {
        Values warmUp = reader.section(
                schedule.node("warm-up"),
                schedule.place(),
                SpecVocabulary.section("schedule.warm-up"),
                "schedule.warm-up");
        consistency.warmUp(warmUp);
        List<Double> milestones = schedule.optionalNumbers("milestones");
        return new ScheduleSettings(
                schedule.text("type"),
                schedule.text("per"),
                schedule.number("length"),
                schedule.number("power"),
                schedule.number("factor"),
                schedule.number("every"),
                milestones == null ? List.of() : milestones,
                schedule.number("floor"),
                schedule.number("peak"),
                schedule.number("share"),
                schedule.integer("patience"),
                schedule.number("threshold"),
                schedule.integer("cooldown"),
                warmUp.number("length"),
                warmUp.text("type"),
                warmUp.number("from"));
    }

    private TrainingSettings.@Nullable EarlyStopping earlyStopping(Values training) {
        Values stopping = optional(training, "early-stopping", "training.early-stopping");
        if (stopping == null) {
            return null;
        }
        return new TrainingSettings.EarlyStopping(
                stopping.text("criterion"),
                stopping.text("monitor"),
                stopping.integer("patience"),
                stopping.number("min-delta"),
                stopping.number("threshold"),
                stopping.integer("strip"),
                stopping.truth("restore-best"));
    }

    private TrainingSettings.@Nullable Pruning pruning(Values training) {
        Values pruning = optional(training, "pruning", "training.pruning");
        if (pruning == null) {
            return null;
        }
        consistency.pruning(pruning);
        return new TrainingSettings.Pruning(
                pruning.text("type"),
                pruning.number("share"),
                pruning.number("from"),
                pruning.number("begin"),
                pruning.number("end"),
                pruning.integer("every"),
                pruning.texts("match"));
    }

    private static TrainingSettings training(
            Values training,
            TrainingSettings.@Nullable EarlyStopping stopping,
            TrainingSettings.@Nullable Pruning pruning) {
        return new TrainingSettings(
                training.integer("epochs"),
                training.text("batch-size").equals("full") ? Integer.MAX_VALUE : training.integer("batch-size"),
                training.integer("accumulate"),
                training.truth("drop-last"),
                training.optionalNumber("clip-norm"),
                training.optionalNumber("clip-value"),
                training.text("precision"),
                training.integer("evaluate-every"),
                training.integer("evaluate-batch"),
                training.integer("checkpoint-every"),
                stopping,
                pruning);
    }
}
