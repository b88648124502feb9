package dev.auscult.intake;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

import dev.auscult.run.Split;

/** What the names of files and folders say before anything is opened. */
final class LogNames {
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of("node_modules", "__pycache__", "site-packages", "venv", "target", "__MACOSX");

    /** Never logs, and often many and large; not opened while a folder is searched. */
    private static final Set<String> NOT_LOGS = Set.of(
            "png jpg jpeg gif bmp webp tif tiff svg ico pdf mp3 wav flac ogg mp4 avi mov mkv gz tgz bz2 xz 7z tar rar"
                    .concat(" pt pth bin ckpt safetensors h5 hdf5 keras onnx pkl pickle joblib npy pb tflite gguf")
                    .concat(" index data-00000-of-00001 msgpack parquet arrow feather so dll class jar o a exe pyc")
                    .concat(" py ipynb java c cc cpp cu h hpp js ts css html htm xml toml lock sh bat rs go rb tex")
                    .split(" ", -1));

    private static final Set<String> LOGS = Set.of(
            "trainer_state.json",
            "trainer_log.jsonl",
            "results.csv",
            "results.txt",
            "metrics.csv",
            "metrics.json",
            "metrics.jsonl",
            "progress.csv",
            "progress.json",
            "monitor.csv",
            "summary.csv",
            "history.csv",
            "evaluations.npz",
            "train.log",
            "training.log",
            "mlflow.db");

    private LogNames() {}

    static boolean isSkippedFolder(String name) {
        return name.startsWith(".") || SKIPPED_FOLDERS.contains(name);
    }

    /** Whether a file of this name is expected to be a log, so that not being readable is worth a line. */
    static boolean isLog(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return LOGS.contains(lower)
                || isEventFile(name)
                || lower.endsWith(".wandb")
                || lower.endsWith("log.csv")
                || lower.endsWith("history.csv")
                || (lower.contains("history") && lower.endsWith(".json"));
    }

    static boolean isEventFile(String name) {
        return name.contains("tfevents");
    }

    /** Whether a search may leave the file closed: its extension says that it is something else. */
    static boolean isSomethingElse(String name) {
        return name.startsWith(".") || (NOT_LOGS.contains(extension(name)) && !isLog(name));
    }

    /** The lower-case extension without the dot; empty if there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Last element of a path, as text. */
    static String of(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    /** The split of which a folder is wholly made: its name says nothing else. */
    static Split splitNamed(String folder) {
        return switch (folder.toLowerCase(Locale.ROOT)) {
            case "train" -> Split.TRAIN;
            case "validation", "val", "eval" -> Split.VALIDATION;
            case "test" -> Split.TEST;
            default -> Split.NONE;
        };
    }

    /** The split that a folder with event files names, if only at the end of its name: {@code model-eval}. */
    static Split splitOf(String folder) {
        Split whole = splitNamed(folder);
        if (whole != Split.NONE) {
            return whole;
        }
        int cut = Math.max(folder.lastIndexOf('-'), Math.max(folder.lastIndexOf('_'), folder.lastIndexOf('.')));
        if (cut < 0) {
            return Split.NONE;
        }
        Split end = splitNamed(folder.substring(cut + 1));
        // "…-test" is more often a trial run than held-out data.
        return end == Split.TEST ? Split.NONE : end;
    }
}
