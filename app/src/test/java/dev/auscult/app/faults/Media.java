package dev.auscult.app.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.auscult.app.faults.Fault.Damaged;
import dev.auscult.data.Task;

/**
 * Pictures or sounds on the way to a check-up, each a file.
 *
 * @param format of the settings: {@code image-folder}, {@code wav-folder}
 * @param target of the settings: {@code folder}, {@code name[0]}
 * @param train training files
 * @param test test files; empty for none
 */
record Media(String format, String target, List<Item> train, List<Item> test) implements Sample {
    Media {
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    /**
     * A file.
     *
     * @param name its path in the folder of its part
     * @param content what is in it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(String name, byte[] content) {
        /** The same file after a change. */
        Item with(Change change) {
            return new Item(name, change.apply(content));
        }
    }

    /** Changes the content of a file. */
    @FunctionalInterface
    interface Change {
        byte[] apply(byte[] content);
    }

    /** Changes a share of the training files. */
    Damaged<Media> change(double percent, Random random, Change change) {
        int[] which = Chance.some(train.size(), percent / 100, random);
        List<Item> changed = new ArrayList<>(train);
        for (int i : which) {
            changed.set(i, train.get(i).with(change));
        }
        return new Damaged<>(new Media(format, target, changed, test), names(which));
    }

    /** Adds changed copies of a share of the training files, the names of the copies with this word after them. */
    Damaged<Media> repeat(double percent, Random random, String word, Change change) {
        int[] which = Chance.some(train.size(), percent / 100, random);
        List<Item> more = new ArrayList<>(train);
        for (int i : which) {
            more.add(new Item(
                    renamed(train.get(i).name(), word),
                    train.get(i).with(change).content()));
        }
        Set<String> places = IntStream.range(train.size(), more.size())
                .mapToObj(i -> more.get(i).name())
                .collect(Collectors.toSet());
        places.addAll(names(which));
        return new Damaged<>(new Media(format, target, more, test), places);
    }

    /** Puts changed copies of training files in the place of a share of the test files. */
    Damaged<Media> leak(double percent, Random random, String word, Change change) {
        int[] which = Chance.some(test.size(), percent / 100, random);
        int[] from = Chance.order(train.size(), random);
        List<Item> leaked = new ArrayList<>(test);
        for (int i = 0; i < which.length; i++) {
            Item item = train.get(from[i]);
            leaked.set(
                    which[i],
                    new Item(renamed(item.name(), word), item.with(change).content()));
        }
        Set<String> places =
                IntStream.of(which).mapToObj(i -> leaked.get(i).name()).collect(Collectors.toSet());
        return new Damaged<>(new Media(format, target, train, leaked), places);
    }

    private Set<String> names(int[] which) {
        return IntStream.of(which).mapToObj(i -> train.get(i).name()).collect(Collectors.toSet());
    }

    private static String renamed(String name, String word) {
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + word + name.substring(dot);
    }

    @Override
    public Copy write(Path folder) throws IOException {
        write(folder.resolve("train"), train);
        if (!test.isEmpty()) {
            write(folder.resolve("test"), test);
        }
        return new Copy(
                folder,
                Copy.settings(
                        "train", test.isEmpty() ? null : "test", format, target, Task.CLASSIFICATION, null, null));
    }

    private static void write(Path folder, List<Item> items) throws IOException {
        for (Item item : items) {
            Path file = folder.resolve(item.name());
            Files.createDirectories(file.getParent());
            Files.write(file, item.content());
        }
    }
}
