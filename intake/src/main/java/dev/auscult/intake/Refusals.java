package dev.auscult.intake;

import java.util.Locale;

/** Says in one line what a file that no reader knows seems to be, and what would have been wanted. */
final class Refusals {
    static final String WANTED = "wanted: a log of a training run (event file, csv, json, jsonl, text log, .wandb)";

    private static final String LFS = "version https://git-lfs";

    private Refusals() {}

    /** Whether the file is only the pointer that Git LFS leaves in place of a file. */
    static boolean isPointer(LogFile file) {
        return file.text().startsWith(LFS);
    }

    static String pointer() {
        return "Git LFS pointer instead of the file; fetch the file itself with: git lfs pull";
    }

    static String describe(LogFile file) {
        String text = file.text();
        if (file.size() == 0) {
            return "empty file; " + WANTED;
        }
        if (isPointer(file)) {
            return pointer();
        }
        String binary = binary(file);
        if (!binary.isEmpty()) {
            return binary + "; " + WANTED;
        }
        if (text.contains("Traceback (most recent call last)")) {
            return "Python traceback without any metric: the program crashed before it logged; " + WANTED;
        }
        if (text.contains("<<<<<<< ") && text.contains(">>>>>>> ")) {
            return "unresolved merge conflict, and nothing readable on its first side; resolve it in git";
        }
        String lower = file.name().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json") || lower.endsWith(".jsonl")) {
            return "JSON without a metric over time; wanted: lists of numbers by epoch, or one object per step";
        }
        if (lower.endsWith(".csv") || lower.endsWith(".tsv")) {
            return "table without a metric over time; wanted: a header and a row per step or epoch (or name columns: --map)";
        }
        boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
        return (digits ? "text without lines that name an epoch or step and a metric" : "plain text without numbers")
                + "; "
                + WANTED;
    }

    private static String binary(LogFile file) {
        byte[] head = file.head();
        String checkpoint = "checkpoint, which holds weights and no log";
        String image = "image";
        return switch (LogNames.extension(file.name())) {
            case "pt", "pth", "ckpt", "bin", "pkl", "pickle", "joblib" ->
                "pickle or " + checkpoint + " (and pickles are programs, so never opened)";
            case "safetensors", "h5", "hdf5", "keras", "onnx", "gguf", "pb" -> checkpoint;
            case "png", "jpg", "jpeg", "gif", "bmp", "webp" -> image;
            default -> {
                if (starts(head, 0x89, 'P', 'N', 'G') || starts(head, 0xff, 0xd8) || starts(head, 'G', 'I', 'F', '8')) {
                    yield image;
                } else if (starts(head, 0x80, 2) || starts(head, 0x80, 4) || starts(head, 0x80, 5)) {
                    yield "pickle, which is a program and never opened";
                } else if (starts(head, 0x89, 'H', 'D', 'F')) {
                    yield checkpoint;
                } else if (starts(head, 'P', 'K', 3, 4) || starts(head, 0x1f, 0x8b) || starts(head, 'B', 'Z', 'h')) {
                    yield "archive; unpack it first";
                } else {
                    yield file.isBinary() ? "binary file of an unknown kind" : "";
                }
            }
        };
    }

    private static boolean starts(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
