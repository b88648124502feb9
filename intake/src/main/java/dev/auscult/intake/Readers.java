package dev.auscult.intake;

import java.util.List;

import dev.auscult.intake.clearml.ClearMlFolderReader;
import dev.auscult.intake.clearml.ClearMlZipReader;
import dev.auscult.intake.console.ConsoleReader;
import dev.auscult.intake.detectron2.Detectron2Reader;
import dev.auscult.intake.dvclive.DvcliveReader;
import dev.auscult.intake.fastai.FastaiHistoryReader;
import dev.auscult.intake.huggingface.TrainerStateReader;
import dev.auscult.intake.json.JsonLinesReader;
import dev.auscult.intake.json.JsonReader;
import dev.auscult.intake.keras.HistoryCsvReader;
import dev.auscult.intake.keras.KerasCsvReader;
import dev.auscult.intake.kerasjson.KerasHistoryReader;
import dev.auscult.intake.lightning.LightningCsvReader;
import dev.auscult.intake.llamafactory.TrainerLogReader;
import dev.auscult.intake.mlflow.MlflowFolderReader;
import dev.auscult.intake.mlflow.MlflowSqliteReader;
import dev.auscult.intake.mmengine.MmEngineReader;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.intake.sb3.Sb3EvaluationsReader;
import dev.auscult.intake.sb3.Sb3MonitorReader;
import dev.auscult.intake.sb3.Sb3ProgressReader;
import dev.auscult.intake.table.GenericTableReader;
import dev.auscult.intake.tensorboard.TensorBoardReader;
import dev.auscult.intake.timm.TimmSummaryReader;
import dev.auscult.intake.wandb.WandbReader;
import dev.auscult.intake.yolo.YoloCsvReader;
import dev.auscult.intake.yolo.YoloTextReader;
import org.jspecify.annotations.Nullable;

/** Every format that can be read, one line each, by name. */
final class Readers {
    /** Formats whose runs lie in single files. */
    static final List<LogReader> FILES = List.of(
            new ClearMlZipReader(),
            new ConsoleReader(),
            new Detectron2Reader(),
            new FastaiHistoryReader(),
            GenericTableReader.csv(),
            GenericTableReader.tsv(),
            new HistoryCsvReader(),
            new JsonLinesReader(),
            new JsonReader(),
            new KerasCsvReader(),
            new KerasHistoryReader(),
            new LightningCsvReader(),
            new MlflowSqliteReader(),
            new MmEngineReader(),
            new Sb3EvaluationsReader(),
            new Sb3MonitorReader(),
            new Sb3ProgressReader(),
            new TensorBoardReader(),
            new TimmSummaryReader(),
            new TrainerLogReader(),
            new TrainerStateReader(),
            new WandbReader(),
            new YoloCsvReader(),
            new YoloTextReader());

    /** Formats whose runs are folders. */
    static final List<FolderReader> FOLDERS =
            List.of(new ClearMlFolderReader(), new DvcliveReader(), new MlflowFolderReader(), new RecordingReader());

    /** The sureness that makes a file a log which nobody asked for by name: below it lies every table and text. */
    static final int SURE_IN_FOLDER = 30;

    private Readers() {}

    /**
     * The reader that gets a file, and how sure it is.
     *
     * @param reader null if no reader knows the file
     */
    record Choice(@Nullable LogReader reader, int sureness) {}

    /** The surest reader for a file; of equally sure ones the first in the list. */
    static Choice choose(List<LogReader> readers, LogFile file) {
        LogReader best = null;
        int sureness = 0;
        for (LogReader reader : readers) {
            int bid = reader.recognise(file);
            if (bid > sureness) {
                best = reader;
                sureness = bid;
            }
        }
        return new Choice(best, sureness);
    }
}
