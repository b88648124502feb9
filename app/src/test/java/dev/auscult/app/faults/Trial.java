package dev.auscult.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.auscult.app.faults.Fault.Damaged;
import dev.auscult.data.checkup.CheckupOptions.Depth;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;

/** Examines damaged copies and their clean twins, each clean copy once. */
final class Trial {
    private final Path folder;
    private final Map<String, Clean> clean = new ConcurrentHashMap<>();

    Trial(Path folder) {
        this.folder = folder;
    }

    /**
     * A clean copy.
     *
     * @param subject the data it was drawn from
     * @param examined what was said of it
     * @param alarms what was said of medium severity or above and is not true
     */
    record Clean(String subject, Examined examined, List<Finding> alarms) {}

    /**
     * A damaged copy beside its clean twin.
     *
     * @param found whether one of the expected rules says more of it
     * @param damaged what was said of it
     * @param twin the clean copy
     */
    record Outcome(boolean found, Examined damaged, Clean twin) {}

    /** The clean copies so far, by what they are. */
    Map<String, Clean> clean() {
        return clean;
    }

    <T extends Sample> Outcome run(Fault<T> fault, Subject<T> subject, int size, long seed) {
        String twin = String.join(
                " / ", subject.name(), fault.preparation().name(), fault.depth().name(), "seed " + seed);
        Clean beside = clean.computeIfAbsent(twin, key -> examineClean(fault, subject, seed));
        Random random = Chance.of(fault.name() + subject.name() + size, seed);
        Damaged<T> damaged = fault.damage()
                .apply(prepared(fault, subject, seed), fault.sizes().get(size), random);
        Examined examined = examine(damaged.sample(), fault.depth());
        return new Outcome(examined.saysMoreThan(beside.examined(), fault.rules(), damaged.places()), examined, beside);
    }

    private <T extends Sample> Clean examineClean(Fault<T> fault, Subject<T> subject, long seed) {
        Examined examined = examine(prepared(fault, subject, seed), fault.depth());
        List<Finding> alarms = examined.findings().stream()
                .filter(f -> f.severity().isAtLeast(Severity.MEDIUM))
                .filter(f -> subject.known().stream().noneMatch(k -> k.covers(f)))
                .filter(f -> f.where().columns().isEmpty()
                        || !fault.preparation().added().containsAll(f.where().columns()))
                .toList();
        return new Clean(subject.name(), examined, alarms);
    }

    private static <T extends Sample> T prepared(Fault<T> fault, Subject<T> subject, long seed) {
        Random random = Chance.of(fault.preparation().name(), seed);
        return fault.preparation().change().apply(subject.draw(seed), random);
    }

    private Examined examine(Sample sample, Depth depth) {
        try {
            Path copy = Files.createTempDirectory(folder, "copy");
            try {
                return Examined.of(Checkup.profile(sample.write(copy), depth));
            } finally {
                delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
