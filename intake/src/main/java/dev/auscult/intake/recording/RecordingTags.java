package dev.auscult.intake.recording;

import java.util.Locale;
import java.util.Optional;

import dev.auscult.intake.tensorboard.TagNames;
import dev.auscult.run.RunEvent;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;

/** The tags of a recording: {@code weights/0-conv/weight}, {@code activations/3-residual/0-conv}, {@code events/checkpoint}. */
final class RecordingTags implements TagNames {
    private static final String EVENTS = "events/";

    /** What stands for the name of a parameter that has none. */
    private static final String NAMELESS = "-";

    static String of(TensorKey key) {
        String folder = folder(key.kind());
        if (!hasParameters(key.kind())) {
            return folder + key.layer();
        }
        return folder + key.layer() + "/" + (key.parameter().isEmpty() ? NAMELESS : key.parameter());
    }

    static String of(RunEvent.Kind kind) {
        return EVENTS + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String folder(TensorKind kind) {
        return switch (kind) {
            case WEIGHT -> "weights/";
            case GRADIENT -> "gradients/";
            case UPDATE -> "updates/";
            case ACTIVATION -> "activations/";
            case ACTIVATION_GRADIENT -> "activation_gradients/";
        };
    }

    private static boolean hasParameters(TensorKind kind) {
        return kind != TensorKind.ACTIVATION && kind != TensorKind.ACTIVATION_GRADIENT;
    }

    @Override
    public boolean isRecording() {
        return true;
    }

    @Override
    public Optional<TensorKey> tensor(String tag) {
        for (TensorKind kind : TensorKind.values()) {
            String folder = folder(kind);
            if (tag.startsWith(folder)) {
                String path = tag.substring(folder.length());
                if (!hasParameters(kind)) {
                    return Optional.of(new TensorKey(path, "", kind));
                }
                int slash = path.lastIndexOf('/');
                if (slash < 0) {
                    return Optional.empty();
                }
                String parameter = path.substring(slash + 1);
                return Optional.of(
                        new TensorKey(path.substring(0, slash), parameter.equals(NAMELESS) ? "" : parameter, kind));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<RunEvent.Kind> event(String tag) {
        if (tag.startsWith(EVENTS)) {
            for (RunEvent.Kind kind : RunEvent.Kind.values()) {
                if (of(kind).equals(tag)) {
                    return Optional.of(kind);
                }
            }
        }
        return Optional.empty();
    }
}
