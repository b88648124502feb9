package dev.auscult.train.spec;

import java.util.List;

/**
 * Refuses keys that contradict each other, so that none is silently without effect.
 *
 * <p>What is merely unwise is let through: a doctor must be able to see it.
 */
final class Consistency {
    private static final List<String> SMOOTHABLE = List.of("", "cross-entropy", "binary-cross-entropy", "focal");

    private final Problems problems;

    Consistency(Problems problems) {
        this.problems = problems;
    }

    void validation(Values v) {
        List<String> ways = List.of("file", "folds", "fraction");
        List<String> said = ways.stream().filter(v::says).toList();
        if (said.size() > 1) {
            refuse(v, said.get(1), "data.validation", said.get(0), "one of " + String.join(", ", ways));
        }
        if (v.says("folds") && v.integer("folds") == 1) {
            problems.add(v.placeOf("folds"), "found 1 for data.validation.folds, wanted at least 2");
        }
        if (v.integer("folds") > 1 && v.integer("fold") >= v.integer("folds")) {
            problems.add(
                    v.placeOf("fold"),
                    "found " + v.integer("fold") + " for data.validation.fold, wanted 0 to "
                            + (v.integer("folds") - 1));
        }
        if (v.says("fold") && v.integer("folds") == 0) {
            problems.add(
                    v.placeOf("fold"), "found data.validation.fold without folds, wanted the number of folds as well");
        }
        if (v.says("time") && v.says("group")) {
            refuse(v, "time", "data.validation", "group", "one of them");
        }
        if (v.says("time") && v.says("folds")) {
            refuse(v, "time", "data.validation", "folds", "time with a fraction");
        }
        for (String column : List.of("group", "time")) {
            if (v.says(column) && v.says("file")) {
                refuse(v, column, "data.validation", "file", "one of them");
            }
        }
        if (v.says("stratified") && v.truth("stratified")) {
            List.of("group", "time", "file").stream()
                    .filter(v::says)
                    .findFirst()
                    .ifPresent(other ->
                            refuse(v, "stratified", "data.validation", other, "stratified: false or no " + other));
        }
    }

    void data(Values data) {
        List<String> columns = data.texts("columns");
        data.texts("drop").stream()
                .filter(columns::contains)
                .findFirst()
                .ifPresent(column -> problems.add(
                        data.placeOf("drop"),
                        "found column " + Problems.quote(column)
                                + " in data.drop and in data.columns, wanted it in one"));
    }

    void optimizer(Values optimizer) {
        if (optimizer.truth("nesterov") && optimizer.number("momentum") == 0) {
            problems.add(
                    optimizer.placeOf("nesterov"),
                    "found optimizer.nesterov without momentum, wanted optimizer.momentum above 0");
        }
        if (optimizer.says("decay")
                && optimizer.text("type").equals("adamw")
                && optimizer.text("decay").equals("coupled")) {
            problems.add(
                    optimizer.placeOf("decay"),
                    "found coupled decay for adamw, which is adam with decoupled decay; wanted type adam");
        }
    }

    /** A line search compares losses of the same weights, so nothing may change loss or gradient between them. */
    void lineSearch(Values optimizer, Values training) {
        if (!optimizer.text("type").equals("lbfgs")) {
            return;
        }
        if (optimizer.text("decay").equals("decoupled")) {
            problems.add(
                    optimizer.placeOf("decay"),
                    "found optimizer.decay decoupled for lbfgs, whose line search must know it; wanted coupled");
        }
        if (training.integer("accumulate") > 1) {
            problems.add(
                    training.placeOf("accumulate"),
                    "found training.accumulate " + training.integer("accumulate")
                            + " with optimizer lbfgs, which takes each step on one batch; wanted 1 and a larger"
                            + " training.batch-size");
        }
        if (training.text("precision").equals("float16")) {
            problems.add(
                    training.placeOf("precision"),
                    "found training.precision float16 with optimizer lbfgs, whose line search cannot scale the loss;"
                            + " wanted float32");
        }
        for (String clip : List.of("clip-norm", "clip-value")) {
            if (training.says(clip)) {
                problems.add(
                        training.placeOf(clip),
                        "found training." + clip
                                + " with optimizer lbfgs, whose line search needs the gradient as it is; wanted none");
            }
        }
    }

    void schedule(Values schedule) {
        String type = schedule.text("type");
        boolean grows = type.equals("cosine-restarts");
        boolean shrinks = List.of("exponential", "plateau", "exp-range").contains(type);
        double factor = schedule.number("factor");
        if ((grows && factor < 1) || (shrinks && factor > 1)) {
            problems.add(
                    schedule.placeOf("factor"),
                    "found " + YamlText.number(factor) + " for schedule.factor of " + type + ", wanted "
                            + (grows ? "at least 1" : "at most 1"));
        }
        List<Double> milestones = schedule.optionalNumbers("milestones");
        if (type.equals("multi-step") && (milestones == null || milestones.isEmpty())) {
            problems.add(
                    schedule.placeOf("type"),
                    "found a multi-step schedule without milestones, wanted schedule.milestones");
        }
        for (int i = 1; milestones != null && i < milestones.size(); i++) {
            if (milestones.get(i) <= milestones.get(i - 1)) {
                problems.add(
                        schedule.placeOf("milestones"),
                        "found schedule.milestones that do not rise, wanted each above the one before");
                return;
            }
        }
    }

    void warmUp(Values warmUp) {
        if ((warmUp.says("type") || warmUp.says("from")) && !warmUp.says("length")) {
            problems.add(
                    warmUp.place(), "found schedule.warm-up without a length, wanted schedule.warm-up.length above 0");
        }
        if (warmUp.text("type").equals("exponential") && warmUp.number("from") == 0) {
            problems.add(
                    warmUp.placeOf("from"),
                    "found schedule.warm-up.from 0 with an exponential warm-up, which never leaves it; wanted it above 0");
        }
    }

    void pruning(Values pruning) {
        if (pruning.number("end") < pruning.number("begin")) {
            problems.add(
                    pruning.placeOf(pruning.says("end") ? "end" : "begin"),
                    "found training.pruning.end " + YamlText.number(pruning.number("end")) + " before begin "
                            + YamlText.number(pruning.number("begin"))
                            + ", wanted it as late or later; equal ones prune all at once");
        }
        if (pruning.number("from") > pruning.number("share")) {
            problems.add(
                    pruning.placeOf("from"),
                    "found training.pruning.from " + YamlText.number(pruning.number("from")) + " above share "
                            + YamlText.number(pruning.number("share"))
                            + ", wanted at most that: what is pruned does not come back");
        }
    }

    /** Rows are made of rows: what is no table has none. */
    void generate(Values data) {
        if (!data.says("generate")) {
            return;
        }
        List.of("sequence", "text", "image", "audio").stream()
                .filter(data::says)
                .findFirst()
                .ifPresent(other -> refuse(data, "generate", "data", other, "generate for rows of a table alone"));
        if (data.text("task").equals("language-model")) {
            refuse(data, "generate", "data", "task language-model", "generate for rows of a table alone");
        }
    }

    void record(Values record) {
        if (record.truth("logarithmic") && record.says("every")) {
            refuse(record, "every", "record", "logarithmic", "one of them");
        }
    }

    void regularization(Values regularization, Values loss) {
        if (regularization.number("swa-start") > 0 && regularization.number("ema") > 0) {
            refuse(regularization, "ema", "regularization", "swa-start", "one average of the weights");
        }
        if (regularization.number("label-smoothing") > 0 && !SMOOTHABLE.contains(loss.text("type"))) {
            problems.add(
                    regularization.placeOf("label-smoothing"),
                    "found regularization.label-smoothing with loss " + loss.text("type")
                            + ", which has no labels to smooth; wanted it 0");
        }
    }

    void weights(Values data, Values loss) {
        if (data.text("imbalance").equals("class-weights") && loss.says("class-weights")) {
            problems.add(
                    loss.placeOf("class-weights"),
                    "found loss.class-weights with data.imbalance class-weights, wanted one of them");
        }
    }

    /** What watches the validation examples needs some. */
    void watching(Spec spec, Values training, Values schedule) {
        var validation = spec.data().validation();
        if (validation.fraction() > 0 || validation.folds() > 0 || validation.file() != null) {
            return;
        }
        var stopping = spec.training().earlyStopping();
        if (stopping != null && stopping.monitor().startsWith("validation/")) {
            problems.add(
                    training.placeOf("early-stopping"),
                    "found training.early-stopping that watches " + stopping.monitor()
                            + " without validation examples, wanted data.validation");
        }
        String type = spec.schedule().type();
        if (type.equals("plateau") || type.equals("validation-decay")) {
            problems.add(
                    schedule.placeOf("type"),
                    "found schedule " + type + " without validation examples, wanted data.validation");
        }
    }

    private void refuse(Values values, String key, String path, String other, String wanted) {
        problems.add(
                values.placeOf(key), "found " + path + "." + key + " together with " + other + ", wanted " + wanted);
    }
}
