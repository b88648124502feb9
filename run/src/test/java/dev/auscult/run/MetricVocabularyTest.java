package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricVocabularyTest {

    static Stream<Arguments> examples() {
        return MetricVocabulary.rows().stream()
                .flatMap(row -> row.examples().stream().map(example -> Arguments.of(example, row)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void everyRowIsReachedByItsExamples(String example, MetricRow row) {
        assertThat(MetricVocabulary.rowsOf(example)).contains(row);

        MetricKey key = MetricVocabulary.resolve(example);
        assertThat(key.name()).isEqualTo(example);
        assertThat(key.quantity()).isEqualTo(row.quantity());
        if (!row.isTurned()) {
            assertThat(key.direction()).isEqualTo(row.direction());
        }
        if (!row.part().contains("*")
                && !row.part().contains("@")
                && !row.part().contains("=")
                && !row.isTurned()) {
            assertThat(key.part()).isEqualTo(row.part());
        }
    }

    @Test
    void theTableIsNotEmptyAndEveryRowHasAnExample() {
        assertThat(MetricVocabulary.rows())
                .hasSizeGreaterThan(250)
                .allSatisfy(row -> assertThat(row.examples()).isNotEmpty().noneMatch(String::isBlank));
    }

    @ParameterizedTest
    @EnumSource(Quantity.class)
    void everyQuantityHasARow(Quantity quantity) {
        assertThat(MetricVocabulary.rows()).anyMatch(row -> row.quantity() == quantity);
    }

    /** Name, split, quantity, part, grain, direction. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # Keras
            loss                          | TRAIN      | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            val_loss                      | VALIDATION | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            epoch_val_loss                | VALIDATION | LOSS          |                  | EPOCH   | LOWER_IS_BETTER
            batch_acc                     | TRAIN      | ACCURACY      |                  | STEP    | HIGHER_IS_BETTER
            out_caps_acc                  | TRAIN      | ACCURACY      | out_caps         | UNKNOWN | HIGHER_IS_BETTER
            val_out_caps_acc              | VALIDATION | ACCURACY      | out_caps         | UNKNOWN | HIGHER_IS_BETTER
            val_out_recon_loss            | VALIDATION | LOSS          | out_recon        | UNKNOWN | LOWER_IS_BETTER
            evaluation_loss_vs_iterations | VALIDATION | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            val_auc_2                     | VALIDATION | AUC           | 2                | UNKNOWN | HIGHER_IS_BETTER
            precision_at_recall           | TRAIN      | PRECISION     | at_recall        | UNKNOWN | HIGHER_IS_BETTER
            mean_squared_error            | NONE       | OTHER         | mse              | UNKNOWN | LOWER_IS_BETTER
            val_mae                       | VALIDATION | OTHER         | mae              | UNKNOWN | LOWER_IS_BETTER
            mae_1                         | NONE       | OTHER         | mae_1            | UNKNOWN | LOWER_IS_BETTER
            val_dice_coef                 | VALIDATION | MAP           | dice             | UNKNOWN | HIGHER_IS_BETTER
            mean_io_u                     | TRAIN      | MAP           | mean_iou         | UNKNOWN | HIGHER_IS_BETTER
            val_mean_io_u_1               | VALIDATION | MAP           | mean_iou_1       | UNKNOWN | HIGHER_IS_BETTER
            # Estimators
            accuracy_baseline             | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            auc_precision_recall          | TRAIN      | AUC           | pr               | UNKNOWN | HIGHER_IS_BETTER
            average_loss                  | TRAIN      | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            label/mean                    | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            prediction/mean               | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            fraction_of_zero_weights      | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            inference/Conv1/summaries/mean| NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            global_step/sec               | NONE       | THROUGHPUT    | steps            | UNKNOWN | HIGHER_IS_BETTER
            Loss/classification_loss      | TRAIN      | LOSS          | cls              | UNKNOWN | LOWER_IS_BETTER
            Loss/regularization_loss      | TRAIN      | LOSS          | regularization   | UNKNOWN | UNKNOWN
            Loss/total_loss               | TRAIN      | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            # Lightning
            train_loss_step               | TRAIN      | LOSS          |                  | STEP    | LOWER_IS_BETTER
            train_loss_epoch              | TRAIN      | LOSS          |                  | EPOCH   | LOWER_IS_BETTER
            initial_theta_loss_epoch      | TRAIN      | LOSS          | initial_theta    | EPOCH   | LOWER_IS_BETTER
            val_loss/dataloader_idx_1     | VALIDATION | LOSS          | dataloader_idx_1 | UNKNOWN | LOWER_IS_BETTER
            lr-AdamW                      | NONE       | LEARNING_RATE |                  | UNKNOWN | UNKNOWN
            lr-AdamW/pg2                  | NONE       | LEARNING_RATE | pg2              | UNKNOWN | UNKNOWN
            lr-SGD-momentum               | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            hp_metric                     | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            # Hugging Face
            eval_loss                     | VALIDATION | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            eval_wer                      | VALIDATION | ERROR_RATE    | wer              | UNKNOWN | LOWER_IS_BETTER
            eval_macro_f1                 | VALIDATION | F1            | macro            | UNKNOWN | HIGHER_IS_BETTER
            eval_mean_accuracy            | VALIDATION | ACCURACY      | mean             | UNKNOWN | HIGHER_IS_BETTER
            eval_overall_accuracy         | VALIDATION | ACCURACY      |                  | UNKNOWN | HIGHER_IS_BETTER
            eval_mean_iou                 | VALIDATION | MAP           | mean_iou         | UNKNOWN | HIGHER_IS_BETTER
            eval_runtime                  | VALIDATION | OTHER         |                  | UNKNOWN | UNKNOWN
            eval_samples_per_second       | VALIDATION | THROUGHPUT    | samples          | UNKNOWN | HIGHER_IS_BETTER
            predict_loss                  | TEST       | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            train/grad_norm               | NONE       | GRADIENT_NORM |                  | UNKNOWN | UNKNOWN
            train/learning_rate           | NONE       | LEARNING_RATE |                  | UNKNOWN | UNKNOWN
            total_flos                    | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            # YOLO
            train/box_loss                | TRAIN      | LOSS          | box              | UNKNOWN | LOWER_IS_BETTER
            val/dfl_loss                  | VALIDATION | LOSS          | dfl              | UNKNOWN | LOWER_IS_BETTER
            metrics/precision             | VALIDATION | PRECISION     |                  | UNKNOWN | HIGHER_IS_BETTER
            metrics/recall(B)             | VALIDATION | RECALL        |                  | UNKNOWN | HIGHER_IS_BETTER
            metrics/precision(M)          | VALIDATION | PRECISION     | segm             | UNKNOWN | HIGHER_IS_BETTER
            metrics/mAP_0.5               | VALIDATION | MAP           | 50               | UNKNOWN | HIGHER_IS_BETTER
            metrics/mAP_0.5:0.95          | VALIDATION | MAP           |                  | UNKNOWN | HIGHER_IS_BETTER
            metrics/mAP50(M)              | VALIDATION | MAP           | segm_50          | UNKNOWN | HIGHER_IS_BETTER
            metrics/HBBmAP.5              | VALIDATION | MAP           | hbb_50           | UNKNOWN | HIGHER_IS_BETTER
            metrics/HBBmAP.5:.95          | VALIDATION | MAP           |                  | UNKNOWN | HIGHER_IS_BETTER
            metrics/accuracy_top5         | VALIDATION | ACCURACY      | top5             | UNKNOWN | HIGHER_IS_BETTER
            x/lr0                         | NONE       | LEARNING_RATE | pg0              | UNKNOWN | UNKNOWN
            x/lr1                         | NONE       | LEARNING_RATE |                  | UNKNOWN | UNKNOWN
            lr/pg2                        | NONE       | LEARNING_RATE | pg2              | UNKNOWN | UNKNOWN
            lr0                           | NONE       | LEARNING_RATE |                  | UNKNOWN | UNKNOWN
            lr1                           | NONE       | LEARNING_RATE | pg1              | UNKNOWN | UNKNOWN
            # detectron2, MMDetection
            total_loss                    | TRAIN      | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            loss_rpn_cls                  | TRAIN      | LOSS          | rpn_cls          | UNKNOWN | LOWER_IS_BETTER
            loss_rpn_loc                  | TRAIN      | LOSS          | rpn_loc          | UNKNOWN | LOWER_IS_BETTER
            fast_rcnn/cls_accuracy        | TRAIN      | ACCURACY      | fast_rcnn_cls    | UNKNOWN | HIGHER_IS_BETTER
            mask_rcnn/false_negative      | NONE       | OTHER         | mask_rcnn_false_negative | UNKNOWN | LOWER_IS_BETTER
            roi_head/num_bg_samples       | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            bbox/AP                       | VALIDATION | MAP           |                  | UNKNOWN | HIGHER_IS_BETTER
            bbox/AP50                     | VALIDATION | MAP           | 50               | UNKNOWN | HIGHER_IS_BETTER
            bbox/APs                      | VALIDATION | MAP           | s                | UNKNOWN | HIGHER_IS_BETTER
            bbox/AP-person                | VALIDATION | MAP           | person           | UNKNOWN | HIGHER_IS_BETTER
            segm/AP                       | VALIDATION | MAP           | segm             | UNKNOWN | HIGHER_IS_BETTER
            data_time                     | NONE       | STEP_TIME     | data             | UNKNOWN | LOWER_IS_BETTER
            time                          | NONE       | STEP_TIME     |                  | UNKNOWN | LOWER_IS_BETTER
            time/loader_wait              | NONE       | STEP_TIME     | data             | UNKNOWN | LOWER_IS_BETTER
            time/step                     | NONE       | STEP_TIME     |                  | UNKNOWN | LOWER_IS_BETTER
            eta_seconds                   | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            # ImageNet scripts and other lines on standard output
            Prec@1                        | TRAIN      | ACCURACY      |                  | UNKNOWN | HIGHER_IS_BETTER
            Acc@5                         | TRAIN      | ACCURACY      | top5             | UNKNOWN | HIGHER_IS_BETTER
            eval_top5                     | VALIDATION | ACCURACY      | top5             | UNKNOWN | HIGHER_IS_BETTER
            top1_err                      | TRAIN      | ERROR_RATE    |                  | UNKNOWN | LOWER_IS_BETTER
            1-acc                         | TRAIN      | ERROR_RATE    |                  | UNKNOWN | LOWER_IS_BETTER
            BLEU4                         | NONE       | OTHER         | bleu_4           | UNKNOWN | HIGHER_IS_BETTER
            ms/batch                      | NONE       | STEP_TIME     |                  | UNKNOWN | LOWER_IS_BETTER
            Batch loss                    | TRAIN      | LOSS          |                  | STEP    | LOWER_IS_BETTER
            EpochLoss                     | TRAIN      | LOSS          |                  | EPOCH   | LOWER_IS_BETTER
            # Megatron, GPT-NeoX, fairseq, modded-nanogpt
            lm loss value                 | TRAIN      | LOSS          |                  | UNKNOWN | LOWER_IS_BETTER
            lm loss PPL                   | TRAIN      | PERPLEXITY    |                  | UNKNOWN | LOWER_IS_BETTER
            loss scale                    | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            elapsed time per iteration (ms)| NONE      | STEP_TIME     |                  | UNKNOWN | LOWER_IS_BETTER
            train_inner/loss              | TRAIN      | LOSS          |                  | STEP    | LOWER_IS_BETTER
            valid/nll_loss                | VALIDATION | LOSS          | nll              | UNKNOWN | LOWER_IS_BETTER
            train_time                    | TRAIN      | OTHER         |                  | UNKNOWN | UNKNOWN
            step_avg                      | NONE       | STEP_TIME     |                  | UNKNOWN | LOWER_IS_BETTER
            # Reinforcement learning and games
            rollout/ep_rew_mean           | NONE       | REWARD        |                  | UNKNOWN | HIGHER_IS_BETTER
            rollout/ep_len_mean           | NONE       | OTHER         |                  | UNKNOWN | UNKNOWN
            eval/mean_reward              | VALIDATION | REWARD        |                  | UNKNOWN | HIGHER_IS_BETTER
            Score                         | NONE       | OTHER         | score            | UNKNOWN | HIGHER_IS_BETTER
            train/policy_gradient_loss    | TRAIN      | LOSS          | policy_gradient  | UNKNOWN | UNKNOWN
            entropy_loss                  | TRAIN      | LOSS          | entropy          | UNKNOWN | UNKNOWN
            entropy                       | NONE       | OTHER         | entropy          | UNKNOWN | UNKNOWN
            time/fps                      | NONE       | THROUGHPUT    | frames           | UNKNOWN | HIGHER_IS_BETTER
            loss_G                        | TRAIN      | LOSS          | generator        | UNKNOWN | UNKNOWN
            D_loss_real                   | TRAIN      | LOSS          | discriminator_real | UNKNOWN | UNKNOWN
            # Machines
            system/gpu_0_memory_usage_megabytes | NONE | MEMORY        | gpu_0_usage_megabytes | UNKNOWN | UNKNOWN
            cpu_mem                       | NONE       | MEMORY        | cpu              | UNKNOWN | UNKNOWN
            # Several of one kind
            test_1_auc                    | TEST       | AUC           | 1                | UNKNOWN | HIGHER_IS_BETTER
            test_2_auc                    | TEST       | AUC           | 2                | UNKNOWN | HIGHER_IS_BETTER
            final_results/best_val_acc    | VALIDATION | ACCURACY      | final_results_best | UNKNOWN | HIGHER_IS_BETTER
            """)
    void aNameSaysWhatItMeasures(
            String name, Split split, Quantity quantity, String part, Grain grain, Direction direction) {
        assertThat(MetricVocabulary.resolve(name))
                .isEqualTo(new MetricKey(split, quantity, part == null ? "" : part, grain, direction, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "val_loss; eval_loss; eval/loss; Loss/val; valid_loss; Validation Loss; valLoss; ValLoss; dev_loss;"
                        + " validation/loss; valloss; loss (val); loss:val; val.loss; lm loss validation",
                "loss; train_loss; train/loss; Loss/train; training loss; Train Loss; tr_loss; trainLoss;"
                        + " running_loss; avg_loss; total_loss; Loss/total_loss; lm_train_loss; train/lm_loss",
                "val_acc; val_accuracy; valAcc; Accuracy/val; eval_accuracy; eval_top1; val_categorical_accuracy;"
                        + " val_sparse_categorical_accuracy; val_binary_accuracy; val/acc1; metrics/accuracy_top1",
                "acc; accuracy; Acc@1; Prec@1; TrainPrec1?; top1; train_acc; Train Accuracy; BinaryAccuracy",
                "bbox/AP; metrics/mAP50-95(B); metrics/mAP_0.5:0.95; bbox_mAP; coco/bbox_mAP; mAP@[.5:.95]; mAP50-95",
                "bbox/AP50; metrics/mAP50(B); metrics/mAP_0.5; bbox_mAP_50; mAP@0.5; map_50; AP50",
                "segm/AP; metrics/mAP50-95(M); segm_mAP",
                "val_dice; val/dsc; val_dice_coef; val_dice_score; val/mean_dice",
                "train/cls_loss; loss_cls; Loss/classification_loss",
                "train/box_loss; loss_bbox; loss_box_reg; Loss/localization_loss",
                "lr; learning_rate; Learning Rate; learning-rate; train/learning_rate; opt/lr; lr-Adam; LearningRate",
                "grad_norm; gradient_norm; grad/norm; total_grad_norm; train/grad_norm; gnorm; grad norm",
                "val_f1; eval_f1; eval/f1_score; val_f1-score; valF1",
                "val_auc; eval/auc; val_auroc; val_roc_auc; eval-auc",
                "auc_precision_recall; pr_auc; auprc",
                "samples_per_second; images/sec; Img/s; runtime/samples_per_sec; samples/sec",
                "steps_per_sec; it/s; global_step/sec; iterations_per_second",
                "tokens/s; tokens_per_sec; tok/sec; wps",
                "rollout/ep_rew_mean; episode_reward; charts/episodic_return; Total_Reward; avg_reward; reward",
                "policy_loss; train/policy_loss; losses/policy_loss; loss/policy; train/actor_loss",
                "g_loss; loss_G; generator_loss; errG; LossG",
                "gpu_mem; gpu/mem; memory; max_memory_allocated; gpu_memory",
                "step_time; batch_time; time; iteration-time; elapsed_time_per_iteration; ms/batch",
                "valid/ppl; val_perplexity; validation/lm_loss_ppl",
                "val_mse; val_mean_squared_error; eval_mse"
            })
    void differentNamesOfOneMeasureAgree(String names) {
        List<String> measures = Arrays.stream(names.split(";"))
                .map(name -> MetricVocabulary.resolve(name.strip()))
                .map(key -> key.split() + " " + key.quantity() + " '" + key.part() + "' " + key.direction())
                .distinct()
                .toList();

        assertThat(measures).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch_loss, VALIDATION, VALIDATION",
        "loss, NONE, TRAIN",
        "val_loss, TRAIN, VALIDATION",
        "accuracy, TEST, TEST",
        "metrics/precision, TRAIN, TRAIN",
        "reward, VALIDATION, VALIDATION",
        "reward, NONE, NONE",
        "epoch_learning_rate, TRAIN, NONE",
        "grad_norm, TRAIN, NONE",
        "steps_per_sec, TRAIN, TRAIN",
        "bias, VALIDATION, VALIDATION",
        "bias, NONE, NONE"
    })
    void theNameGoesBeforeTheFolderAndTheFolderBeforeTheCustom(String name, Split folder, Split split) {
        assertThat(MetricVocabulary.resolve(name, folder).split()).isEqualTo(split);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss_scale",
                "loss_scaler",
                "lost",
                "loss_weight",
                "eval_accuracy_std",
                "lr_scheduler",
                "lr_decay",
                "f1_threshold",
                "std_dev",
                "batch_size",
                "gradients/graph_3layers.1.bias._type",
                "validation/confusion_matrix.width",
                "enqueue_input/queue/enqueue_input/fifo_queuefraction_over_0_of_1000_full",
                "0.0018703269306570292",
                "___",
                "",
                " "
            })
    void whatIsNoMeasureIsOther(String name) {
        MetricKey key = MetricVocabulary.resolve(name);

        assertThat(key.quantity()).isEqualTo(Quantity.OTHER);
        assertThat(key.direction()).isEqualTo(Direction.UNKNOWN);
        assertThat(key.part()).isEmpty();
        assertThat(key.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss_a_", "loss", "9", "aB"})
    void aVeryLongNameIsOtherAndComesBackSoon(String part) {
        String name = part.repeat(100_000);

        assertThat(MetricVocabulary.resolve(name).quantity()).isEqualTo(Quantity.OTHER);
    }

    @Test
    void theLocaleOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(MetricVocabulary.resolve("TRAINING_LOSS"))
                    .isEqualTo(MetricKey.of(Split.TRAIN, Quantity.LOSS, "TRAINING_LOSS"));
            assertThat(MetricVocabulary.resolve("VALIDATION_PRECISION").quantity())
                    .isEqualTo(Quantity.PRECISION);
        } finally {
            Locale.setDefault(before);
        }
    }
}
