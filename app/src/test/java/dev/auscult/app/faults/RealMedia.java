package dev.auscult.app.faults;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.auscult.app.faults.Fault.Preparation;
import dev.auscult.app.faults.Media.Item;

/** The real pictures and sounds, and what is truly the matter with each. */
final class RealMedia {
    /** Two files in three for training, the others for the test, as they come. */
    static final Preparation<Media> SPLIT = new Preparation<>("split", Set.of(), (sample, random) -> split(sample));

    private static final int PICTURES = 300;
    private static final int SOUNDS = 200;
    private static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;
    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;

    final Subject<Media> digits;
    final Subject<Media> coloured;
    final Subject<Media> spoken;

    RealMedia(Path datasets) {
        byte[] pixels = unpacked(datasets.resolve("mnist-10k/images-idx3-ubyte.gz"));
        byte[] labels = unpacked(datasets.resolve("mnist-10k/labels-idx1-ubyte.gz"));
        digits = new Subject<>("mnist", List.of(), random -> pictures(pixels, labels, random, false));
        coloured = new Subject<>("mnist in colour", List.of(), random -> pictures(pixels, labels, random, true));
        List<Item> sounds = sounds(datasets.resolve("spoken-digits"));
        spoken = new Subject<>("spoken-digits", List.of(), random -> {
            int[] order = Chance.order(sounds.size(), random);
            return new Media(
                    "wav-folder",
                    "name[0]",
                    IntStream.range(0, SOUNDS)
                            .mapToObj(i -> sounds.get(order[i]))
                            .toList(),
                    List.of());
        });
    }

    private static Media pictures(byte[] pixels, byte[] labels, Random random, boolean colour) {
        int[] order = Chance.order(labels.length - LABELS_HEADER, random);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            int from = IMAGES_HEADER + order[i] * PIXELS;
            BufferedImage picture =
                    new BufferedImage(SIDE, SIDE, colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
            int paper = colour ? 0x202020 + (random.nextInt(0x40) << (8 * random.nextInt(3))) : 0;
            int ink = colour ? 0x808080 + (random.nextInt(0x80) << (8 * random.nextInt(3))) : 0xFFFFFF;
            for (int p = 0; p < PIXELS; p++) {
                int value = pixels[from + p] & 0xFF;
                if (colour) {
                    picture.setRGB(p % SIDE, p / SIDE, Pictures.mix(paper, ink, value / 255.0));
                } else {
                    picture.getRaster().setSample(p % SIDE, p / SIDE, 0, value);
                }
            }
            items.add(new Item(labels[LABELS_HEADER + order[i]] + "/" + order[i] + ".png", Pictures.encode(picture)));
        }
        return new Media("image-folder", "folder", items, List.of());
    }

    private static Media split(Media sample) {
        int cut = sample.train().size() * 2 / 3;
        return new Media(
                sample.format(),
                sample.target(),
                sample.train().subList(0, cut),
                sample.train().subList(cut, sample.train().size()));
    }

    private static List<Item> sounds(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Item> items = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                items.add(new Item(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
            }
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] unpacked(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
