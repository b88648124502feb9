package dev.auscult.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.error.DataException;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Examples that are arrays from the start: split, and scaled by figures of the training part. */
final class ArrayPreparation {
    private final DataSettings settings;
    private final Path base;
    private final long seed;
    private final Consumer<String> progress;

    ArrayPreparation(DataSettings settings, Path base, long seed, Consumer<String> progress) {
        this.settings = settings;
        this.base = base;
        this.seed = seed;
        this.progress = progress;
    }

    PreparedData.Builder open(Path file) {
        ArraySource source = ArraySource.open(settings, file, base);
        Examples all = new Examples(source.inputs(), source.target());
        Task task = all.target().task();
        Validation wanted = settings.validation();
        if (wanted.time() != null) {
            throw new DataException("data.validation.time needs a table, found " + source.description()
                    + "; use fraction, group, folds or file");
        }
        Examples training = all;
        Examples validation = null;
        Examples test = null;
        List<String> remarks = new ArrayList<>();
        ArraySource held = null;
        String how = "no validation";
        if (wanted.file() != null) {
            held = like(source, wanted.file(), Split.VALIDATION);
            validation = new Examples(held.inputs(), held.target());
            remarks.addAll(held.remarks());
            how = "from a file of its own";
        } else {
            Splitter.Parts parts = Splitter.split(
                    new Splitter.Known(all.size(), classes(all.target()), groups(source), null), wanted, seed);
            training = Subset.of(all, parts.training);
            validation = parts.validation.length == 0 ? null : Subset.of(all, parts.validation);
            how = parts.how;
        }
        progress.accept("preparing " + file.getFileName());
        ArrayNormalizer normalizer = ArrayNormalizer.fit(training.inputs(), settings);
        TargetScale scale = TargetScale.fit(training.target(), settings);
        if (settings.test() != null) {
            ArraySource other = like(source, settings.test(), Split.TEST);
            if (held != null && held.origin().equals(other.origin())) {
                throw new DataException("data.test: " + other.origin()
                        + " is read for validation, too; wanted examples of its own, or leave data.test out");
            }
            test = scaled(new Examples(other.inputs(), other.target()), normalizer, scale);
        }
        List<String> story = new ArrayList<>();
        story.add(task.label() + ", " + Story.outputs(task, all.target().outputs()) + ", from "
                + all.target().origin());
        story.add(source.description());
        story.add(Story.parts(training, validation, test, how));
        story.add(normalizer.description());
        story.addAll(remarks);
        DataShape shape = new DataShape(
                task, Extents.of(all.inputs().shape()), false, 0, all.target().outputs());
        return new PreparedData.Builder(shape, scaled(training, normalizer, scale), story)
                .validation(validation == null ? null : scaled(validation, normalizer, scale))
                .test(test)
                .targetScale(scale.mean(), scale.deviation())
                .media(source.image(), source.audio());
    }

    private static Examples scaled(Examples examples, ArrayNormalizer normalizer, TargetScale scale) {
        return new Examples(normalizer.apply(examples.inputs()), scale.apply(examples.target()));
    }

    private ArraySource like(ArraySource training, String path, Split split) {
        progress.accept("reading " + path);
        return ArraySource.openLike(settings, base.resolve(path).normalize(), base, split, training);
    }

    private static int @Nullable [] classes(Target target) {
        return target.task() != Task.CLASSIFICATION
                ? null
                : IntStream.range(0, target.size()).map(target::classOf).toArray();
    }

    private static int @Nullable [] groups(ArraySource source) {
        if (source.groups().isEmpty()) {
            return null;
        }
        Map<String, Integer> numbers = new HashMap<>();
        return source.groups().stream()
                .mapToInt(g -> numbers.computeIfAbsent(g, x -> numbers.size()))
                .toArray();
    }
}
