package dev.auscult.intake.mmengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.auscult.intake.json.Reading;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MmEngineReaderTest {
    private static final String LOG = """
            {"env_info": "sys.platform: linux", "seed": 7, "exp_name": "faster_rcnn.py"}
            {"mode": "train", "epoch": 1, "iter": 50, "lr": 0.01, "memory": 4000, "data_time": 0.1, "loss": 2.0, "time": 0.5}
            {"mode": "train", "epoch": 1, "iter": 100, "lr": 0.01, "memory": 4000, "data_time": 0.1, "loss": 1.5, "time": 0.5}
            {"mode": "val", "epoch": 1, "iter": 20, "lr": 0.01, "bbox_mAP": 0.25, "bbox_mAP_copypaste": "0.25 0.5"}
            {"mode": "train", "epoch": 2, "iter": 50, "lr": 0.001, "memory": 4000, "data_time": 0.1, "loss": 1.0, "time": 0.5}
            {"mode": "val", "epoch": 2, "iter": 20, "lr": 0.001, "bbox_mAP": 0.375}
            """;

    private static final String SCALARS = """
            {"lr": 0.01, "data_time": 0.1, "loss": 2.0, "time": 0.5, "epoch": 1, "iter": 50, "memory": 4000, "step": 50}
            {"lr": 0.01, "data_time": 0.1, "loss": 1.5, "time": 0.5, "epoch": 1, "iter": 100, "memory": 4000, "step": 100}
            {"coco/bbox_mAP": 0.25, "data_time": 0.1, "time": 0.2, "step": 1}
            {"lr": 0.01, "data_time": 0.1, "loss": 1.0, "time": 0.5, "epoch": 2, "iter": 150, "memory": 4000, "step": 150}
            {"coco/bbox_mAP": 0.5, "data_time": 0.1, "time": 0.2, "step": 2}
            """;

    private final MmEngineReader reader = new MmEngineReader();

    @TempDir
    Path folder;

    @Test
    void iterationsOfEveryEpochAreCarriedOn() {
        Reading reading = Reading.of(reader, folder, "a.log.json", LOG);

        assertThat(reading.runs()).isEqualTo(1);
        assertThat(reading.steps("loss")).containsExactly(50, 100, 150);
        assertThat(reading.values("loss")).containsExactly(2.0, 1.5, 1.0);
        assertThat(reading.steps("bbox_mAP")).containsExactly(100, 150);
        assertThat(reading.series("bbox_mAP").key().split()).isEqualTo(Split.VALIDATION);
        assertThat(reading.run(0).settings().raw()).containsEntry("seed", "7");
        assertThat(Reading.recognise(reader, folder, "b.json", LOG)).isGreaterThan(90);
    }

    @Test
    void evaluationsKeyedByEpochStandAtTheTrainingStepBefore() {
        Reading reading = Reading.of(reader, folder, "scalars.json", SCALARS);

        assertThat(reading.steps("loss")).containsExactly(50, 100, 150);
        assertThat(reading.steps("coco/bbox_mAP")).containsExactly(100, 150);
        assertThat(reading.values("coco/bbox_mAP")).containsExactly(0.25, 0.5);
        assertThat(reading.values("time")).hasSize(3);
        assertThat(Reading.recognise(reader, folder, "b.json", SCALARS)).isGreaterThan(80);
    }

    @Test
    void twoRunsInOneFileAreTwo() {
        assertThat(Reading.of(reader, folder, "a.log.json", LOG + LOG).runs()).isEqualTo(2);
    }

    @Test
    void tornAndChangedFilesNeverCrash() {
        Reading.cutEverywhere(reader, folder, "a.log.json", LOG);
        Reading.fuzz(reader, folder, "a.log.json", LOG.getBytes(StandardCharsets.UTF_8), 200);
    }
}
