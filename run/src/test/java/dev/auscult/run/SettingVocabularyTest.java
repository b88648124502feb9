package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingVocabularyTest {

    static Stream<Arguments> names() {
        return SettingVocabulary.rows().stream()
                .flatMap(row -> row.names().stream().map(name -> Arguments.of(name, row)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyNameOfTheTableHasItsMeaning(String name, SettingVocabulary.Row row) {
        assertThat(SettingVocabulary.resolve(name)).contains(row.setting());
        if (row.nested()) {
            assertThat(SettingVocabulary.resolve("config." + name)).contains(row.setting());
        }
        if (!row.nested() && name.indexOf('.') < 0) {
            assertThat(SettingVocabulary.resolve("unknown." + name)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingHasANestedOrAWholeName(Setting setting) {
        assertThat(SettingVocabulary.rows()).anyMatch(row -> row.setting() == setting);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "batchSize, BATCH_SIZE",
        "batch-size, BATCH_SIZE",
        "Batch Size, BATCH_SIZE",
        "--learning-rate, LEARNING_RATE",
        "learningRate, LEARNING_RATE",
        "maxLR, LEARNING_RATE",
        "numEpochs, EPOCHS",
        "optimizer.lr, LEARNING_RATE",
        "optimizer.params.lr, LEARNING_RATE",
        "optim_wrapper.optimizer.lr, LEARNING_RATE",
        "optim_wrapper.clip_grad.max_norm, CLIP_NORM",
        "SOLVER.MAX_ITER, STEPS",
        "SOLVER.BASE_LR, LEARNING_RATE",
        "SOLVER.IMS_PER_BATCH, BATCH_SIZE",
        "SOLVER.WEIGHT_DECAY, WEIGHT_DECAY",
        "SOLVER.CLIP_GRADIENTS.CLIP_VALUE, CLIP_VALUE",
        "MODEL.WEIGHTS, PRETRAINED",
        "MODEL.ROI_HEADS.NUM_CLASSES, CLASSES",
        "MODEL.BACKBONE.FREEZE_AT, FROZEN",
        "scheduler.params.warmup_num_steps, WARMUP_STEPS",
        "early_stopping.patience, PATIENCE",
        "data.seed, SEED",
        "data.batch_size, BATCH_SIZE",
        "model.dropout, DROPOUT",
        "train_cfg.max_epochs, EPOCHS",
        "lr.value, LEARNING_RATE",
        "_name_or_path, MODEL"
    })
    void aNameIsKnownInEverySpellingAndNested(String name, Setting setting) {
        assertThat(SettingVocabulary.resolve(name)).contains(setting);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "scheduler.patience",
                "lr_scheduler.patience",
                "scheduler.max_lr",
                "lr_scheduler.total_steps",
                "eval.batch_size",
                "data.val.batch_size",
                "per_device_eval_batch_size",
                "warmup_ratio",
                "warmup_momentum",
                "lrf",
                "classes",
                "scale",
                "dataset.name",
                "save_steps",
                "eval_steps",
                "data_seed",
                "n_steps",
                "",
                ".",
                "value"
            })
    void whatIsNoCommonSettingHasNoMeaning(String name) {
        assertThat(SettingVocabulary.resolve(name)).isEmpty();
    }
}
