package dev.auscult.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.auscult.data.DataSettings;
import dev.auscult.data.checkup.CheckupOptions;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.data.error.DataException;
import dev.auscult.intake.recording.RecordingFiles;
import dev.auscult.run.DataProfile;
import dev.auscult.train.loop.QuickLook;
import dev.auscult.train.spec.SpecFile;

/**
 * Adds to each recording of the bench the quick look at the data that every training makes before it begins:
 * {@code LookAtData CACHE}.
 *
 * <p>{@link Loop} leaves it out, since it sees the same data many times. Here each folder of data is looked at once for every
 * way to read it, quickly and with one seed, so that nothing but data and settings decides what is seen.
 */
public final class LookAtData {
    private static final int THREADS = 2;
    private static final long SEED = 1;

    private LookAtData() {}

    /** What decides what is seen. */
    private record Source(Path folder, DataSettings settings) {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path cache = Path.of(args[0]);
        Map<String, List<Path>> recordings = new TreeMap<>();
        Map<String, Source> sources = new TreeMap<>();
        for (Recorded recorded : Recorded.all(cache)) {
            Path run = cache.resolve(recorded.name());
            Path recording = run.resolve("recording");
            String text = Files.readString(recording.resolve("spec.yaml"));
            DataSettings settings = SpecFile.parse(recorded.name(), text, recorded.base(), List.of())
                    .data();
            boolean damaged = Files.exists(run.resolve("train.csv"));
            Path folder = damaged ? run : cache.resolve("data").resolve(recorded.base());
            String key = folder + " " + settings;
            sources.put(key, new Source(folder, settings));
            recordings.computeIfAbsent(key, k -> new ArrayList<>()).add(recording);
        }
        System.out.println(sources.size() + " sources");
        List<Future<?>> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        sources.forEach((key, source) ->
                all.add(threads.submit(() -> look(source, recordings.getOrDefault(key, List.of())))));
        threads.shutdown();
        for (Future<?> one : all) {
            one.get();
        }
    }

    private static void look(Source source, List<Path> recordings) {
        if (!DataCheckup.accepts(source.settings())) {
            return;
        }
        CheckupOptions options =
                new CheckupOptions(CheckupOptions.Depth.QUICK, SEED, Optional.empty(), Optional.empty());
        try {
            DataProfile seen = DataCheckup.of(source.settings(), source.folder(), options, (what, share) -> {})
                    .profile();
            for (Path recording : recordings) {
                Optional<DataProfile> prepared = RecordingFiles.data(recording);
                if (prepared.isPresent()) {
                    RecordingFiles.data(recording, QuickLook.merged(prepared.get(), seen));
                }
            }
        } catch (DataException e) {
            // A training goes on without as well.
            System.out.println(source.folder() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
