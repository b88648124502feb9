package dev.auscult.train.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told with its place, what was found and what was wanted. */
class SpecErrorsTest {
    @TempDir
    Path folder;

    private static SpecException refused(String yaml, String... overrides) {
        try {
            SpecFile.parse("s.yaml", yaml, "s", List.of(overrides));
        } catch (SpecException e) {
            return e;
        }
        throw new AssertionError("accepted: " + yaml);
    }

    private static String problem(String yaml, String... overrides) {
        return refused(yaml, overrides).problems().get(0);
    }

    /** {@code ;} stands for a new line; the data are on the first line unless the spec has its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lerning-rate: 1 | s.yaml:2:1: found key \"lerning-rate\", wanted one of name, seed, data, model, loss,"
                        + " metrics, optimizer, schedule, regularization, training, record, policy",
                "optimzer: adam | s.yaml:2:1: found key \"optimzer\", wanted optimizer",
                "optimizer: {learning_rate: 1} | s.yaml:2:13: found key \"learning_rate\" in optimizer, wanted learning-rate",
                "optimizer: {lr: 1} | s.yaml:2:13: found key \"lr\" in optimizer, wanted learning-rate",
                "optimizer: {learningRate: 1} | s.yaml:2:13: found key \"learningRate\" in optimizer, wanted learning-rate",
                "optimizer: {learning-rate: fast} | s.yaml:2:28: found \"fast\" for optimizer.learning-rate, wanted a"
                        + " number above 0",
                "optimizer: {learning-rate: 0} | s.yaml:2:28: found \"0\" for optimizer.learning-rate, wanted a number"
                        + " above 0",
                "optimizer: {learning-rate: -1} | s.yaml:2:28: found \"-1\" for optimizer.learning-rate, wanted a number"
                        + " above 0",
                "optimizer: {learning-rate: .inf} | s.yaml:2:28: found \".inf\" for optimizer.learning-rate, wanted a"
                        + " number above 0",
                "optimizer: {learning-rate: 1e999} | s.yaml:2:28: found \"1e999\" for optimizer.learning-rate, wanted a"
                        + " number above 0",
                "optimizer: {learning-rate: \"0.1\"} | s.yaml:2:28: found the text \"0.1\" for optimizer.learning-rate,"
                        + " wanted a number above 0",
                "optimizer: {learning-rate: [1]} | s.yaml:2:28: found a list for optimizer.learning-rate, wanted a number"
                        + " above 0",
                "optimizer: adma | s.yaml:2:12: found \"adma\" for optimizer.type, wanted adam",
                "optimizer: newton | s.yaml:2:12: found \"newton\" for optimizer.type, wanted one of sgd, adam, adamw,"
                        + " rmsprop, adagrad, lbfgs, prodigy, schedule-free-adamw",
                "optimizer: {type: sgd, beta1: 0.5} | s.yaml:2:24: found optimizer.beta1 with type sgd, which has none;"
                        + " wanted it with adam, adamw, prodigy, schedule-free-adamw only",
                "optimizer: {type: sgd, nesterov: true} | s.yaml:2:24: found optimizer.nesterov without momentum, wanted"
                        + " optimizer.momentum above 0",
                "optimizer: {type: adamw, decay: coupled} | s.yaml:2:26: found coupled decay for adamw, which is adam with"
                        + " decoupled decay; wanted type adam",
                "optimizer: {type: sgd, momentum: 1} | s.yaml:2:34: found \"1\" for optimizer.momentum, wanted a number"
                        + " from 0 to below 1",
                "optimizer: {groups: [{learning-rate: 2}]} | s.yaml:2:22: found no optimizer.groups.0.match, wanted a text:"
                        + " glob on the path of the parameter: `1-conv*`, `*.bias`",
                "training: {pruning: 50} | s.yaml:2:21: found \"50\" for training.pruning.share, wanted a number above 0 and"
                        + " below 1",
                "training: {pruning: {sparsity: 0.5}} | s.yaml:2:22: found key \"sparsity\" in training.pruning, wanted share",
                "training: {pruning: {type: filter}} | s.yaml:2:28: found \"filter\" for training.pruning.type, wanted one of"
                        + " magnitude, structured",
                "training: {pruning: {begin: 0.8}} | s.yaml:2:22: found training.pruning.end 0.7 before begin 0.8, wanted it as"
                        + " late or later; equal ones prune all at once",
                "training: {pruning: {share: 0.3, from: 0.4}} | s.yaml:2:34: found training.pruning.from 0.4 above share 0.3,"
                        + " wanted at most that: what is pruned does not come back",
                "training: {epochs: 0} | s.yaml:2:20: found \"0\" for training.epochs, wanted a whole number of at least 1",
                "training: {epochs: 1.5} | s.yaml:2:20: found \"1.5\" for training.epochs, wanted a whole number of at"
                        + " least 1",
                "training: {epochs: 3000000000} | s.yaml:2:20: found \"3000000000\" for training.epochs, wanted at most"
                        + " 2147483647",
                "training: {batch-size: all} | s.yaml:2:24: found \"all\" for training.batch-size, wanted a whole number of"
                        + " at least 1 or full",
                "training: {drop-last: yes} | s.yaml:2:23: found \"yes\" for training.drop-last, wanted true or false",
                "training: {precision: fp16} | s.yaml:2:23: found \"fp16\" for training.precision, wanted one of float32,"
                        + " bfloat16, float16",
                "training: {early-stopping: {criterion: gl, patience: 3}} | s.yaml:2:44: found"
                        + " training.early-stopping.patience with type gl, which has none; wanted it with patience, up only",
                "loss: crossentropy | s.yaml:2:7: found \"crossentropy\" for loss.type, wanted cross-entropy",
                "loss: bce | s.yaml:2:7: found \"bce\" for loss.type, wanted binary-cross-entropy",
                "loss: {type: mse, gamma: 1} | s.yaml:2:19: found loss.gamma with type mse, which has none; wanted it with"
                        + " focal only",
                "schedule: cosin | s.yaml:2:11: found \"cosin\" for schedule.type, wanted cosine",
                "schedule: multi-step | s.yaml:2:11: found a multi-step schedule without milestones, wanted"
                        + " schedule.milestones",
                "schedule: {type: multi-step, milestones: [3, 3]} | s.yaml:2:30: found schedule.milestones that do not"
                        + " rise, wanted each above the one before",
                "schedule: {type: cosine, warm-up: {from: 0.1}} | s.yaml:2:35: found schedule.warm-up without a length,"
                        + " wanted schedule.warm-up.length above 0",
                "schedule: {warm-up: {length: 3, type: exponential, from: 0}} | s.yaml:2:52: found schedule.warm-up.from 0"
                        + " with an exponential warm-up, which never leaves it; wanted it above 0",
                "schedule: {type: cosine-restarts, factor: 0.5} | s.yaml:2:35: found 0.5 for schedule.factor of"
                        + " cosine-restarts, wanted at least 1",
                "schedule: {type: plateau, factor: 2} | s.yaml:2:27: found 2 for schedule.factor of plateau, wanted at"
                        + " most 1",
                "record: {every: 5, logarithmic: true} | s.yaml:2:10: found record.every together with logarithmic, wanted"
                        + " one of them",
                "record: {tensors: [weights, weights]} | s.yaml:2:29: found \"weights\" twice in record.tensors, wanted it"
                        + " once",
                "record: {tensors: [weight]} | s.yaml:2:20: found \"weight\" for record.tensors, wanted weights",
                "regularization: {swa-start: 0.5, ema: 0.9} | s.yaml:2:34: found regularization.ema together with"
                        + " swa-start, wanted one average of the weights",
                "regularization: {label-smoothing: 0.1};loss: mse | s.yaml:2:18: found regularization.label-smoothing with"
                        + " loss mse, which has no labels to smooth; wanted it 0",
                "policy: stop | s.yaml:2:9: found \"stop\" for policy, wanted a mapping with keys such as critical",
                "policy: {high: ignore} | s.yaml:2:16: found \"ignore\" for policy.high, wanted one of warn, stop,"
                        + " lower-learning-rate, roll-back",
                "model: {layers: [linear: 3]} | s.yaml:2:18: found layer \"linear\" at model.layers.0, wanted dense",
                "model: {layers: [rellu]} | s.yaml:2:18: found layer \"rellu\" at model.layers.0, wanted relu",
                "model: {layers: [dense]} | s.yaml:2:18: found no model.layers.0.dense.units, wanted a whole number of at"
                        + " least 1 or classes: number of outputs, or `classes`",
                "model: {layers: [dense: klasses]} | s.yaml:2:25: found \"klasses\" for model.layers.0.dense.units, wanted a"
                        + " whole number of at least 1 or classes",
                "model: {layers: [dense: 0]} | s.yaml:2:25: found \"0\" for model.layers.0.dense.units, wanted a whole"
                        + " number of at least 1 or classes",
                "model: {layers: [relu: 3]} | s.yaml:2:24: found \"3\" for model.layers.0.relu, wanted nothing: it has no"
                        + " options",
                "model: {layers: [dropout: 1]} | s.yaml:2:27: found \"1\" for model.layers.0.dropout.rate, wanted a number"
                        + " from 0 to below 1",
                "model: {layers: [{dense: 3, units: 4}]} | s.yaml:2:18: found keys \"dense\", \"units\" in model.layers.0,"
                        + " wanted one layer with its options indented under it",
                "model: {layers: [{conv: {filters: 3, kernel: [1, 2, 3]}}]} | s.yaml:2:46: found a list for"
                        + " model.layers.0.conv.kernel, wanted a whole number of at least 1, or a list of one or two",
                "model: {layers: [{conv: {filters: 3, padding: full}}]} | s.yaml:2:47: found \"full\" for"
                        + " model.layers.0.conv.padding, wanted same or valid, a whole number of at least 0, or a list of one"
                        + " or two",
                "model: {layers: [residual: []]} | s.yaml:2:18: found no layers in model.layers.0.residual, wanted at"
                        + " least one",
                "model: {layers: relu} | s.yaml:2:17: found \"relu\" for model.layers, wanted a list of layers",
                "model: {layers: [[relu]]} | s.yaml:2:18: found a list for model.layers.0, wanted the name of a layer",
                "model: {initializer: kaiming} | s.yaml:2:22: found \"kaiming\" for model.initializer, wanted he",
                "model: {initializer: normal} | s.yaml:2:22: found \"normal\" for model.initializer, wanted it with a"
                        + " number: {normal: 0.01}",
                "model: {initializer: {normal: -1}} | s.yaml:2:31: found \"-1\" for model.initializer.normal, wanted a number"
                        + " of at least 0",
                "model: {initializer: {gauss: 1}} | s.yaml:2:23: found key \"gauss\" in model.initializer, wanted one of"
                        + " normal, uniform, constant, orthogonal",
                "name: {} | s.yaml:2:7: found a mapping for name, wanted a text",
                "seed: -1 | s.yaml:2:7: found \"-1\" for seed, wanted a whole number from 0 to 9007199254740991",
                "name: a;name: b | s.yaml:3:1: found key \"name\" a second time, wanted it once (first at line 2)",
                "name: a: b | s.yaml:2:8: not YAML: mapping values are not allowed here",
                "name: !!str a | s.yaml:2:7: found tag \"tag:yaml.org,2002:str\", wanted a value without a tag",
                "? [a] : b | s.yaml:2:3: found a list as a key, wanted a name",
                "name: *x | s.yaml:2:7: found alias *x inside its own anchor or before it",
                "name: &x [*x] | s.yaml:2:11: found alias *x inside its own anchor or before it",
                "---;name: b | s.yaml:2:1: found a second document, wanted one spec per file",
            })
    void tellsThePlaceWhatWasFoundAndWhatWasWanted(String yaml, String message) {
        assertThat(problem("data: d.csv\n" + yaml.replace(';', '\n'))).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "generate: adversarial | found \"adversarial\" for data.generate.type, wanted one of copula, vae",
                "generate: {type: copula, steps: 9} | found data.generate.steps with type copula, which has none; wanted it with"
                        + " vae only",
                "generate: copula, sequence: 3 | found data.generate together with sequence, wanted generate for rows of a table"
                        + " alone",
                "task: language-model, generate: vae | found data.generate together with task language-model, wanted generate"
                        + " for rows of a table alone",
                "generate: {rows: -1} | found \"-1\" for data.generate.rows, wanted a whole number of at least 0",
            })
    void tellsWhichRowsCannotBeMade(String yaml, String message) {
        assertThat(problem("data: {train: a, " + yaml + "}")).endsWith(": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 1:7: found no data.train, wanted a text: file or folder of the training examples",
                "{train: a, validation: {folds: 3, fraction: 0.2}} | 1:41: found data.validation.fraction together with"
                        + " folds, wanted one of file, folds, fraction",
                "{train: a, validation: 1} | 1:30: found \"1\" for data.validation.fraction, wanted a number above 0 and"
                        + " below 1",
                "{train: a, validation: 0} | 1:30: found \"0\" for data.validation.fraction, wanted a number above 0 and"
                        + " below 1",
                "{train: a, validation: {folds: 1}} | 1:31: found 1 for data.validation.folds, wanted at least 2",
                "{train: a, validation: {folds: 3, fold: 3}} | 1:41: found 3 for data.validation.fold, wanted 0 to 2",
                "{train: a, validation: {fold: 3}} | 1:31: found data.validation.fold without folds, wanted the number of"
                        + " folds as well",
                "{train: a, validation: {time: t, group: g}} | 1:31: found data.validation.time together with group,"
                        + " wanted one of them",
                "{train: a, validation: {time: t, stratified: true}} | 1:40: found data.validation.stratified together"
                        + " with time, wanted stratified: false or no time",
                "{train: a, normalize: {divide: 0}} | 1:38: found \"0\" for data.normalize.divide, wanted a number above 0",
                "{train: a, normalize: zscore} | 1:29: found \"zscore\" for data.normalize, wanted one of none, standard,"
                        + " min-max, or {divide: number above 0}",
                "{train: a, task: classify} | 1:24: found \"classify\" for data.task, wanted one of classification,"
                        + " regression, multi-label, language-model",
                "{train: a, types: {x: number}} | 1:29: found \"number\" for data.types.x, wanted numeric",
                "{train: a, columns: [x], drop: [x]} | 1:32: found column \"x\" in data.drop and in data.columns, wanted it"
                        + " in one",
                "{train: a, memory: 3 apples} | 1:26: found \"3 apples\" for data.memory, wanted a number of bytes, or one"
                        + " with a unit such as 512 MiB",
                "{train: a, augment: [flop]} | 1:28: found change \"flop\" at data.augment.0, wanted flip",
                "{train: a, sequence: {stride: 2}} | 1:28: found no data.sequence.length, wanted a whole number of at"
                        + " least 1: rows per example",
            })
    void refusesWrongData(String data, String message) {
        assertThat(problem("data: " + data + "\n")).isEqualTo("s.yaml:" + message);
    }

    @Test
    void refusesToWatchValidationExamplesThatDoNotExist() {
        assertThat(problem("data: {train: a, validation: none}\ntraining: {early-stopping: 3}\n"))
                .isEqualTo("s.yaml:2:12: found training.early-stopping that watches validation/loss without validation"
                        + " examples, wanted data.validation");
        assertThat(problem("data: {train: a, validation: none}\nschedule: plateau\n"))
                .isEqualTo("s.yaml:2:11: found schedule plateau without validation examples, wanted data.validation");
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheSpec() {
        SpecException e = refused("data: a\noptimizer: {lr: 1, momentun: 2}\ntraining: {epochs: x}\n");
        assertThat(e.problems())
                .containsExactly(
                        "s.yaml:2:13: found key \"lr\" in optimizer, wanted learning-rate",
                        "s.yaml:2:20: found key \"momentun\" in optimizer, wanted momentum",
                        "s.yaml:3:20: found \"x\" for training.epochs, wanted a whole number of at least 1");
        assertThat(e).hasMessage(String.join("\n", e.problems()));
    }

    @Test
    void listsNoMoreThanAreReadable() {
        StringBuilder yaml = new StringBuilder("data: a\n");
        for (int i = 0; i < 100; i++) {
            yaml.append("wrong-key-").append(i).append(": 1\n");
        }
        assertThat(refused(yaml.toString()).problems()).hasSize(21).last().isEqualTo("and 80 problems more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "optimizer.lr=0.1 | --set optimizer.lr=0.1: found key \"lr\" in optimizer, wanted learning-rate",
                "optimizer.learning-rate=x | --set optimizer.learning-rate=x: found \"x\" for optimizer.learning-rate,"
                        + " wanted a number above 0",
                "model.layers.7=relu | --set model.layers.7=relu: found index \"7\" for model.layers, wanted 0 to 1",
                "model.layers.x=relu | --set model.layers.x=relu: found index \"x\" for model.layers, wanted 0 to 1",
                "seed.x=1 | --set seed.x=1: found \"3\" for seed, which has nothing inside to set; wanted an override of"
                        + " seed itself",
                "seed | --set seed: found no key with an equals sign, wanted key=value",
                "=3 | --set =3: found no key with an equals sign, wanted key=value",
                "seed=[ | --set seed=[: not YAML: expected the node content, but found '<stream end>'",
                "model.layers.0.conv=3 | --set model.layers.0.conv=3: found keys \"dense\", \"conv\" in model.layers.0,"
                        + " wanted one layer with its options indented under it",
            })
    void namesTheOverrideThatIsWrong(String override, String message) {
        String yaml = "data: a\nseed: 3\nmodel: {layers: [dense: 4, relu]}\n";
        String found = problem(yaml, override);
        assertThat(found.replaceFirst("^s\\.yaml:3:18: (found keys)", "--set " + override + ": $1"))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model: {layers: [softmax]}\nloss: cross-entropy",
                "loss: mse\ndata: {train: a, task: classification}",
                "model: {initializer: zeros}",
                "optimizer: {type: sgd, learning-rate: 100}",
                "model: {layers: [dense: 9, sigmoid, dense: 9, sigmoid, dense: 9, sigmoid, dense: classes]}",
                "model: {layers: [dropout: 0.95]}",
                "data: {train: a, shuffle: false, validation: none}",
                "training: {batch-size: 1, epochs: 100000}",
                "loss: {reduction: sum}",
                "model: {layers: [{dense: {units: 3, bias: true}}, batch-norm]}",
            })
    void letsThroughWhatADoctorMustSee(String yaml) {
        String spec = yaml.contains("data:") ? yaml : "data: a\n" + yaml;
        assertThat(SpecFile.parse("s.yaml", spec, "s", List.of()).name()).isEqualTo("s");
    }

    @Test
    void boundsWhatAliasesGrowInto() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(problem(laughs.toString())).contains("found more than 20000 values (aliases written out)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void boundsDepth(String opening) {
        assertThat(problem("data: a\nx: " + opening.repeat(200_000))).isNotEmpty();
        assertThat(problem(opening.repeat(100))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n",
                "null",
                "42",
                "[]",
                "\"\"",
                "{}",
                "\u0000",
                "a\tb",
                "@",
                "%YAML 9.9\n---\n"
            })
    void refusesWhatIsNoSpecInOneLine(String yaml) {
        for (String problem : refused(yaml).problems()) {
            assertThat(problem).startsWith("s.yaml:").doesNotContain("\n").hasSizeLessThan(300);
        }
    }

    @Test
    void repeatsHostileTextShortlyAndWithoutControlCharacters() {
        assertThat(problem("data: a\n\"\\e[31m" + "x".repeat(900) + "\": 1\n"))
                .startsWith("s.yaml:2:1: found key \"\\u001b[31mxxxxx")
                .hasSizeLessThan(250);
    }

    @Test
    void refusesFilesThatCannotBeSpecs() throws IOException {
        Path file = folder.resolve("s.yaml");
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> SpecFile.read(file, List.of()))
                .withMessage(file + ": found no such file, wanted a training spec");
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> SpecFile.read(folder, List.of()))
                .withMessage(folder + ": cannot be read, it is a folder; wanted a training spec");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> SpecFile.read(file, List.of()))
                .withMessage(file + ": found bytes that are not UTF-8, wanted text");
        Files.writeString(file, "#".repeat(SpecFile.LARGEST + 1));
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> SpecFile.read(file, List.of()))
                .withMessage(file + ": found more than 1 MiB, wanted a training spec");
    }

    @Test
    void aLineSearchTakesNothingThatChangesItsLoss() {
        assertThat(refused("data: x.csv\noptimizer: {type: lbfgs, decay: decoupled}\n"
                                + "training: {accumulate: 2, precision: float16, clip-norm: 1, clip-value: 1}")
                        .problems())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).contains("lbfgs").contains("wanted"))
                .anySatisfy(line -> assertThat(line).startsWith("s.yaml:3:12: found training.accumulate 2"));
    }
}
