package dev.auscult.data.checkup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.data.ArraySource;
import dev.auscult.data.DataSettings;
import dev.auscult.data.FolderFiles;
import dev.auscult.data.Inputs;
import dev.auscult.data.compare.Comparison;
import dev.auscult.data.compare.TargetLeak;
import dev.auscult.data.error.DataException;
import dev.auscult.data.media.MediaProfile;
import dev.auscult.data.media.MediaProfiler;
import dev.auscult.data.media.Texts;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;
import dev.auscult.data.profile.TableProfile;
import dev.auscult.data.profile.TableProfiler;
import dev.auscult.data.quality.Quality;
import dev.auscult.data.table.TableFiles;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** The whole check-up of a data set: what its parts look like, alone and beside one another, and which labels to doubt. */
public final class DataCheckup {
    private final DataSettings settings;
    private final Path base;
    private final CheckupOptions options;
    private final Progress progress;
    private final List<DataProfile.Part> parts = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final List<LabelSuspect> suspects = new ArrayList<>();
    private String kind = "table";
    private String task = "";
    private List<String> target = List.of();
    private @Nullable ArraySource arrays;

    private DataCheckup(DataSettings settings, Path base, CheckupOptions options, Progress progress) {
        this.settings = settings;
        this.base = base;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Examines data.
     *
     * @param settings what to read and what to predict
     * @param base the folder to which paths in the settings are relative
     * @throws DataException where the data cannot be read, in one line
     */
    public static DataCheckup of(DataSettings settings, Path base, CheckupOptions options, Progress progress) {
        DataCheckup checkup = new DataCheckup(settings, base, options, progress);
        checkup.examine();
        return checkup;
    }

    /** Whether data of this form can be examined; a text without rows cannot. */
    public static boolean accepts(DataSettings settings) {
        String name = TableFiles.name(Path.of(settings.train()));
        return settings.format() == null
                ? !name.endsWith(".txt")
                : !settings.format().equals("text");
    }

    /** Whether the training data are a table, as far as their name tells. */
    public static boolean isTable(DataSettings settings) {
        return TableFiles.isNamedTable(settings.format(), Path.of(settings.train()));
    }

    /** A picture or sound of a doubted label; empty where there is none. */
    public Optional<Glimpse> glimpse(LabelSuspect suspect) {
        if (!suspect.source().isEmpty()) {
            return Glimpse.of(file(settings.train()).resolve(suspect.source()).normalize());
        }
        return kind.equals("images") ? picture(suspect.row()) : Optional.empty();
    }

    /** A picture of an array file, by its row from 1. */
    private Optional<Glimpse> picture(long row) {
        ArraySource source = arrays;
        if (source == null) {
            source = ArraySource.open(settings, file(settings.train()), base);
            arrays = source;
        }
        Inputs inputs = source.inputs();
        float[] values = new float[inputs.elements()];
        inputs.read((int) row - 1, values, 0);
        return Glimpse.of(values, inputs.shape());
    }

    /** The parts, and all that was observed. */
    public DataProfile profile() {
        return new DataProfile(kind, task, target, parts, observations);
    }

    /** What people should know of how the data were read, a sentence each. */
    public List<String> story() {
        return List.copyOf(story);
    }

    /** The rows in memory, the training part first; empty for pictures, sounds and arrays. */
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** How the columns are distributed, part beside part, in the order of the file. */
    public List<Distribution> distributions() {
        return Distribution.of(frames);
    }

    /** Labels of the training part that are worth a look, the most doubtful first. */
    public List<LabelSuspect> suspects() {
        return List.copyOf(suspects);
    }

    private void examine() {
        if (!accepts(settings)) {
            throw new DataException(
                    settings.train() + " is a text without rows; wanted a table, a folder or an array file");
        }
        if (MediaProfiler.accepts(settings, file(settings.train()))) {
            media();
        } else {
            tables();
        }
        progress.at("done", 1);
    }

    private boolean isFull() {
        return options.depth() == CheckupOptions.Depth.FULL;
    }

    private void media() {
        MediaProfile found = MediaProfiler.profile(settings, base, progress);
        kind = found.kind();
        task = found.task();
        parts.addAll(found.parts());
        observations.addAll(found.observations());
        if (!isFull()) {
            return;
        }
        List<String> files = files();
        if (options.probabilities().isPresent()) {
            take(LabelErrors.observe(
                    settings, base, files, options.probabilities().get(), progress));
        } else if (options.pictures().isPresent()) {
            LabelErrors.observe(settings, base, files, options.pictures().get(), options.seed(), progress)
                    .ifPresent(this::take);
        }
    }

    /** The files of a folder in the order of the data set; empty for an array file. */
    private List<String> files() {
        Path folder = file(settings.train());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        FolderFiles files = FolderFiles.of(settings, folder);
        return files.files().stream().map(files::path).toList();
    }

    private Path file(String name) {
        return base.resolve(name).normalize();
    }

    private void tables() {
        TableProfile train =
                TableProfiler.profile(settings, file(settings.train()), Split.TRAIN, null, options.seed(), progress);
        take(train, settings.train());
        task = train.task();
        target = train.targets();
        String validation = settings.validation().file();
        if (validation != null) {
            take(
                    TableProfiler.profile(
                            settings, file(validation), Split.VALIDATION, train, options.seed(), progress),
                    validation);
        }
        String test = settings.test();
        if (test != null) {
            take(TableProfiler.profile(settings, file(test), Split.TEST, train, options.seed(), progress), test);
        }
        look();
    }

    /** Looks at the rows: of each part alone, of two parts beside one another, and at the labels. */
    private void look() {
        Frame train = frames.get(0);
        boolean texts = !train.inputs().isEmpty() && train.inputs().stream().allMatch(FrameColumn::isText);
        kind = texts ? "text" : "table";
        for (Frame frame : frames) {
            observations.addAll(Quality.observe(frame, progress));
        }
        observations.addAll(TargetLeak.observe(train, progress));
        texts(train);
        for (Frame other : frames.subList(1, frames.size())) {
            observations.addAll(
                    options.depth() != CheckupOptions.Depth.QUICK
                            ? Comparison.observe(train, other, options.seed(), progress)
                            : Comparison.quick(train, other, progress));
        }
        if (isFull()) {
            labels(train);
            observations.addAll(FeatureHints.observe(train, options.seed(), progress));
        }
    }

    private void texts(Frame train) {
        Frame other = frames.size() > 1 ? frames.get(frames.size() - 1) : null;
        for (FrameColumn column : train.inputs()) {
            if (column.isText()) {
                observations.addAll(Texts.observe(settings, train, column, other, progress));
            }
        }
    }

    private void labels(Frame train) {
        if (options.probabilities().isPresent()) {
            take(LabelErrors.observe(train, options.probabilities().get(), progress));
        } else {
            LabelErrors.observe(train, options.seed(), progress).ifPresent(this::take);
        }
    }

    private void take(LabelErrors found) {
        observations.add(found.observation());
        suspects.addAll(found.suspects());
    }

    /** Takes a part over, called as the user called it. */
    private void take(TableProfile profile, String name) {
        DataProfile.Part part = profile.part();
        parts.add(new DataProfile.Part(
                part.split(), name, part.rows(), part.sampled(), part.labelCounts(), part.columns()));
        frames.add(profile.frame());
        for (String sentence : profile.story()) {
            story.add(part.split() == Split.TRAIN ? sentence : part.split().label() + ": " + sentence);
        }
    }
}
