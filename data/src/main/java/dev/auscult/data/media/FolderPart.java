package dev.auscult.data.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings;
import dev.auscult.data.FolderFiles;
import dev.auscult.data.Task;
import dev.auscult.data.audio.Wav;
import dev.auscult.data.image.Picture;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/** Reads the pictures or sounds of a folder, one after the other; one is in memory at a time. */
final class FolderPart {
    private static final int MOST_EXAMPLES = 20;
    /** Names that nearly all differ are names, not classes. */
    private static final double FILES_PER_LABEL = 2;

    private final FolderFiles files;
    private final Items items;
    private final int[] labels;
    private final Copies copies;
    private final PictureTable pictures;
    private final SoundTable sounds;
    private final List<Example> corrupt = new ArrayList<>();
    private long corrupted;

    private FolderPart(FolderFiles files, Split split, int[] labels, List<String> names) {
        this.files = files;
        this.items = new Items(names);
        this.labels = labels;
        this.copies = new Copies(split, items);
        this.pictures = new PictureTable(split, items, true);
        this.sounds = new SoundTable(split, items);
    }

    static MediaPart read(DataSettings settings, FolderFiles files, String source, Split split, Progress progress) {
        String[] given = files.labels(settings);
        List<String> names = Arrays.stream(given).distinct().sorted().toList();
        boolean known = !settings.target().isEmpty() || given.length >= FILES_PER_LABEL * names.size();
        Map<String, Integer> index = new HashMap<>();
        for (String name : names) {
            index.put(name, index.size());
        }
        int[] labels = Arrays.stream(given)
                .mapToInt(label -> known ? index.getOrDefault(label, -1) : -1)
                .toArray();
        FolderPart part = new FolderPart(files, split, labels, names);
        part.readAll("reading " + source, progress);
        Task task = settings.task();
        String predicted = task != null ? task.label() : known && names.size() > 1 ? "classification" : "";
        List<Observation> observations = new ArrayList<>();
        observations.add(
                Items.observation(Kind.CORRUPT_FILES, split, labels.length, part.corrupted, Map.of(), part.corrupt));
        observations.addAll(files.sound() ? part.sounds.observe() : part.pictures.observe());
        boolean classes = predicted.equals("classification");
        return new MediaPart(
                files.sound() ? "sound" : "images",
                predicted,
                new DataProfile.Part(
                        split,
                        source,
                        labels.length,
                        labels.length,
                        classes ? part.items.counts() : Map.of(),
                        List.of()),
                observations,
                part.copies);
    }

    private void readAll(String what, Progress progress) {
        List<Path> all = files.files();
        for (int i = 0; i < all.size(); i++) {
            if (i % 64 == 0) {
                progress.at(what, (double) i / all.size());
            }
            Path file = all.get(i);
            try {
                if (Files.size(file) == 0) {
                    throw new IOException("is empty");
                }
                if (files.sound()) {
                    readSound(file, labels[i]);
                } else {
                    readPicture(file, labels[i]);
                }
            } catch (IOException e) {
                corrupted++;
                if (corrupt.size() < MOST_EXAMPLES) {
                    corrupt.add(new Example(0, files.path(file), reason(e), 1));
                }
            }
        }
        progress.at(what, 1);
    }

    private void readPicture(Path file, int label) throws IOException {
        PictureMeasures measures = PictureMeasures.of(Picture.read(file));
        items.file(files.path(file), label);
        pictures.add(measures);
        copies.add(measures.hash(), measures.thumbnail().pixels());
    }

    private void readSound(Path file, int label) throws IOException {
        Wav head = Wav.open(file);
        SoundMeasures measures = SoundMeasures.of(head, file);
        byte[] thumbnail = measures.thumbnail();
        items.file(files.path(file), label);
        sounds.add(head, measures);
        copies.add(measures.hash(), thumbnail);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        if (message != null) {
            return message;
        }
        return e instanceof EOFException
                ? "ends too early; it was cut off"
                : "is damaged (" + e.getClass().getSimpleName() + ")";
    }
}
