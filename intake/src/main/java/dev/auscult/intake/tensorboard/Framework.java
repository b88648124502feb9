package dev.auscult.intake.tensorboard;

import dev.auscult.run.RunBuilder;

/** Guesses which library wrote an event file, from its writer and its tags; the most telling mark wins. */
final class Framework {
    private String library = "";
    private String writer = "";
    private String fileVersion = "";

    void fileVersion(String version) {
        fileVersion = version;
    }

    void writer(String name) {
        writer = name;
    }

    /** A value carries the architecture of a Keras model. */
    void kerasGraph() {
        library = "keras";
    }

    void tag(String name) {
        if (library.isEmpty()) {
            library = libraryOf(name);
        }
    }

    void tell(RunBuilder run) {
        String name = library.isEmpty() ? libraryOfWriter() : library;
        if (!name.isEmpty()) {
            run.framework(name);
        }
        if (!fileVersion.isEmpty()) {
            run.version("event-file", fileVersion);
        }
    }

    private String libraryOfWriter() {
        if (writer.startsWith("tensorboard.summary.writer")) {
            return "pytorch";
        }
        return writer.startsWith("tensorflow") ? "tensorflow" : "";
    }

    private static String libraryOf(String tag) {
        if (tag.equals("hp_metric")) {
            return "lightning";
        }
        if (tag.startsWith("metrics/mAP") || tag.startsWith("metrics/precision") || tag.startsWith("lr/pg")) {
            return "ultralytics";
        }
        if (tag.startsWith("rollout/ep_") || tag.equals("time/fps")) {
            return "stable-baselines3";
        }
        if (tag.equals("global_step/sec")) {
            return "tensorflow-estimator";
        }
        if (tag.equals("epoch_loss") || tag.equals("batch_loss") || tag.equals("evaluation_loss_vs_iterations")) {
            return "keras";
        }
        return tag.equals("train/train_runtime") ? "transformers" : "";
    }
}
