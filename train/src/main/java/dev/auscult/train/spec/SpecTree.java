package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.data.DataSettings;
import org.jspecify.annotations.Nullable;

/**
 * A spec as nested mappings and lists, in the order of the vocabulary and with everything said: what the writer writes
 * and what the settings of a run are made of. Values are texts, numbers, truth values, lists, mappings, or null.
 */
final class SpecTree {
    private SpecTree() {}

    /** The tree of a spec. */
    static Map<String, @Nullable Object> of(Spec spec) {
        Map<String, @Nullable Object> top = new LinkedHashMap<>();
        top.put("name", spec.name());
        top.put("seed", spec.seed());
        top.put("data", data(spec.data()));
        top.put("model", model(spec.model()));
        top.put("loss", loss(spec.loss()));
        top.put("metrics", spec.metrics());
        top.put("optimizer", optimizer(spec.optimizer()));
        top.put("schedule", schedule(spec.schedule()));
        top.put("regularization", regularization(spec.regularization()));
        top.put("training", training(spec.training()));
        top.put("record", record(spec.record()));
        top.put("policy", policy(spec.policy()));
        return ordered("", "", top);
    }

    private static Map<String, @Nullable Object> data(DataSettings data) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("train", data.train());
        map.put("test", data.test());
        map.put("format", data.format());
        map.put("target", data.target());
        map.put("task", data.task() == null ? null : data.task().label());
        map.put("header", data.header());
        map.put("separator", data.separator());
        map.put("columns", data.columns());
        map.put("drop", data.drop());
        map.put("types", new TreeMap<>(data.types()));
        map.put("validation", validation(data.validation()));
        map.put("normalize", data.normalize().equals("divide") ? Map.of("divide", data.divide()) : data.normalize());
        map.put("normalize-target", data.normalizeTarget());
        map.put("missing", data.missing());
        map.put("encode", data.encode());
        map.put("shuffle", data.shuffle());
        map.put("augment", data.augment().stream().map(SpecTree::augment).toList());
        map.put("imbalance", data.imbalance());
        DataSettings.Generate generate = data.generate();
        map.put("generate", generate == null ? null : generate(generate));
        DataSettings.Text text = data.text();
        map.put("text", text == null ? null : text(text));
        DataSettings.Image image = data.image();
        map.put("image", image == null ? null : image(image));
        DataSettings.Audio audio = data.audio();
        map.put("audio", audio == null ? null : audio(audio));
        DataSettings.Sequence sequence = data.sequence();
        map.put("sequence", sequence == null ? null : sequence(sequence));
        map.put("memory", data.memory());
        return ordered("data", "", map);
    }

    private static Object validation(DataSettings.Validation validation) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (validation.file() != null) {
            map.put("file", validation.file());
        } else if (validation.folds() > 0) {
            map.put("folds", validation.folds());
            map.put("fold", validation.fold());
        } else if (validation.fraction() > 0) {
            map.put("fraction", validation.fraction());
        } else {
            return "none";
        }
        map.put("stratified", validation.stratified());
        if (validation.group() != null) {
            map.put("group", validation.group());
        }
        if (validation.time() != null) {
            map.put("time", validation.time());
        }
        return ordered("data.validation", "", map);
    }

    private static Map<String, @Nullable Object> generate(DataSettings.Generate generate) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", generate.type());
        map.put("rows", generate.rows());
        map.put("tolerance", generate.tolerance());
        map.put("steps", generate.steps());
        return ordered("data.generate", generate.type(), map);
    }

    private static Map<String, @Nullable Object> text(DataSettings.Text text) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("columns", text.columns());
        map.put("tokenizer", text.tokenizer());
        map.put("vocabulary", text.vocabulary());
        map.put("length", text.length());
        return ordered("data.text", "", map);
    }

    private static Map<String, @Nullable Object> image(DataSettings.Image image) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("width", image.width());
        map.put("height", image.height());
        map.put("channels", image.channels());
        return ordered("data.image", "", map);
    }

    private static Map<String, @Nullable Object> audio(DataSettings.Audio audio) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rate", audio.rate());
        map.put("seconds", audio.seconds());
        map.put("features", audio.features());
        map.put("bands", audio.bands());
        return ordered("data.audio", "", map);
    }

    private static Map<String, @Nullable Object> sequence(DataSettings.Sequence sequence) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("length", sequence.length());
        map.put("stride", sequence.stride());
        map.put("horizon", sequence.horizon());
        return ordered("data.sequence", "", map);
    }

    private static Object augment(DataSettings.Augment augment) {
        Block block = SpecVocabulary.augment(augment.type())
                .orElseThrow(() -> new IllegalArgumentException("no augmentation is called " + augment.type()));
        Map<String, Object> map = new LinkedHashMap<>();
        Object amount = switch (block.option(block.main()).orElseThrow().kind()) {
            case WORD -> augment.amount() > 0 ? "vertical" : "horizontal";
            case INTEGER -> (long) augment.amount();
            default -> augment.amount();
        };
        map.put(block.main(), amount);
        map.put("probability", augment.probability());
        return Map.of(augment.type(), map);
    }

    private static Map<String, @Nullable Object> model(ModelSettings model) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("layers", model.layers().stream().map(SpecTree::layer).toList());
        map.put("initializer", initializer(model.initializer()));
        return ordered("model", "", map);
    }

    private static Object layer(LayerSettings layer) {
        Block block = LayerVocabulary.find(layer.type())
                .orElseThrow(() -> new IllegalArgumentException("no layer is called " + layer.type()));
        if (block.options().isEmpty()) {
            return layer.type();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Option option : block.options()) {
            Object value = layer.options().get(option.name());
            if (option.kind() == OptionKind.LAYERS) {
                map.put(
                        option.name(),
                        layer.children().stream().map(SpecTree::layer).toList());
            } else if (value instanceof InitializerSettings initializer) {
                map.put(option.name(), initializer(initializer));
            } else if (value instanceof List<?> list
                    && list.size() == 1
                    && (option.kind() == OptionKind.EXTENT || option.kind() == OptionKind.PADDING)) {
                map.put(option.name(), list.get(0));
            } else if (value != null) {
                map.put(option.name(), value);
            }
        }
        return Map.of(layer.type(), map);
    }

    private static Object initializer(InitializerSettings initializer) {
        boolean bare = Initializers.WORDS.contains(initializer.type())
                && initializer.amount() == Initializers.amountOf(initializer.type());
        return bare ? initializer.type() : Map.of(initializer.type(), initializer.amount());
    }

    private static Map<String, @Nullable Object> loss(LossSettings loss) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", loss.type().isEmpty() ? null : loss.type());
        map.put("reduction", loss.reduction());
        map.put("delta", loss.delta());
        map.put("gamma", loss.gamma());
        map.put("class-weights", loss.classWeights());
        return ordered("loss", loss.type(), map);
    }

    private static Map<String, @Nullable Object> optimizer(OptimizerSettings optimizer) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", optimizer.type());
        map.put("learning-rate", optimizer.learningRate());
        map.put("momentum", optimizer.momentum());
        map.put("nesterov", optimizer.nesterov());
        map.put("beta1", optimizer.beta1());
        map.put("beta2", optimizer.beta2());
        map.put("epsilon", optimizer.epsilon());
        map.put("weight-decay", optimizer.weightDecay());
        map.put("decay", optimizer.decay());
        map.put("decay-biases", optimizer.decayBiases());
        map.put("history-size", optimizer.historySize());
        map.put("iterations", optimizer.iterations());
        List<Object> groups = new ArrayList<>();
        for (OptimizerSettings.Group group : optimizer.groups()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("match", group.match());
            one.put("learning-rate", group.learningRate());
            one.put("weight-decay", group.weightDecay());
            one.put("frozen", group.frozen());
            groups.add(ordered("optimizer.groups", "", one));
        }
        map.put("groups", groups);
        return ordered("optimizer", optimizer.type(), map);
    }

    private static Map<String, @Nullable Object> schedule(ScheduleSettings schedule) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", schedule.type());
        map.put("per", schedule.per());
        map.put("length", schedule.length());
        map.put("power", schedule.power());
        map.put("factor", schedule.factor());
        map.put("every", schedule.every());
        map.put("milestones", schedule.milestones());
        map.put("floor", schedule.floor());
        map.put("peak", schedule.peak());
        map.put("share", schedule.share());
        map.put("patience", schedule.patience());
        map.put("threshold", schedule.threshold());
        map.put("cooldown", schedule.cooldown());
        Map<String, @Nullable Object> warmUp = new LinkedHashMap<>();
        warmUp.put("length", schedule.warmUp());
        warmUp.put("type", schedule.warmUpType());
        warmUp.put("from", schedule.warmUpFrom());
        map.put("warm-up", ordered("schedule.warm-up", "", warmUp));
        return ordered("schedule", schedule.type(), map);
    }

    private static Map<String, @Nullable Object> regularization(RegularizationSettings regularization) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("l1", regularization.l1());
        map.put("l2", regularization.l2());
        map.put("label-smoothing", regularization.labelSmoothing());
        map.put("max-norm", regularization.maxNorm());
        map.put("swa-start", regularization.swaStart());
        map.put("ema", regularization.ema());
        return ordered("regularization", "", map);
    }

    private static Map<String, @Nullable Object> training(TrainingSettings training) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("epochs", training.epochs());
        map.put("batch-size", training.batchSize() == Integer.MAX_VALUE ? "full" : training.batchSize());
        map.put("accumulate", training.accumulate());
        map.put("drop-last", training.dropLast());
        map.put("clip-norm", training.clipNorm());
        map.put("clip-value", training.clipValue());
        map.put("precision", training.precision());
        map.put("evaluate-every", training.evaluateEvery());
        map.put("evaluate-batch", training.evaluateBatch());
        map.put("checkpoint-every", training.checkpointEvery());
        TrainingSettings.EarlyStopping stopping = training.earlyStopping();
        map.put("early-stopping", stopping == null ? null : earlyStopping(stopping));
        TrainingSettings.Pruning pruning = training.pruning();
        map.put("pruning", pruning == null ? null : pruning(pruning));
        return ordered("training", "", map);
    }

    private static Map<String, @Nullable Object> earlyStopping(TrainingSettings.EarlyStopping stopping) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("criterion", stopping.criterion());
        map.put("monitor", stopping.monitor());
        map.put("patience", stopping.patience());
        map.put("min-delta", stopping.minDelta());
        map.put("threshold", stopping.threshold());
        map.put("strip", stopping.strip());
        map.put("restore-best", stopping.restoreBest());
        return ordered("training.early-stopping", stopping.criterion(), map);
    }

    private static Map<String, @Nullable Object> pruning(TrainingSettings.Pruning pruning) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", pruning.type());
        map.put("share", pruning.share());
        map.put("from", pruning.from());
        map.put("begin", pruning.begin());
        map.put("end", pruning.end());
        map.put("every", pruning.every());
        map.put("match", pruning.match());
        return ordered("training.pruning", pruning.type(), map);
    }

    private static Map<String, @Nullable Object> record(RecordSettings record) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (!record.logarithmic()) {
            map.put("every", record.every());
        }
        map.put("logarithmic", record.logarithmic());
        map.put(
                "tensors",
                SpecVocabulary.section("record").option("tensors").orElseThrow().words().stream()
                        .filter(record.tensors()::contains)
                        .toList());
        map.put("scalars-every", record.scalarsEvery());
        map.put("images", record.images());
        map.put("examine-every", record.examineEvery());
        return ordered("record", "", map);
    }

    private static Map<String, @Nullable Object> policy(PolicySettings policy) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("critical", policy.critical());
        map.put("high", policy.high());
        map.put("unwritable", policy.unwritable());
        return ordered("policy", "", map);
    }

    /** The values in the order of a section, without those that its type does not have. */
    private static Map<String, @Nullable Object> ordered(
            String section, String type, Map<String, @Nullable Object> values) {
        Block block = SpecVocabulary.section(section);
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        for (Option option : block.options()) {
            boolean had = type.isEmpty() || option.belongsTo(type);
            if (had && values.containsKey(option.name())) {
                ordered.put(option.name(), values.get(option.name()));
            }
        }
        for (String key : values.keySet()) {
            if (block.option(key).isEmpty()) {
                throw new IllegalStateException(section + " has no key " + key);
            }
        }
        return Collections.unmodifiableMap(ordered);
    }
}
