package dev.auscult.app.faults;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import dev.auscult.app.faults.Fault.Damage;

/** The faults of pictures and sounds. */
final class MediaFaults {
    private static final List<Double> SIZES = List.of(2.0, 10.0, 30.0);
    private static final String FILES = "% of the files";

    private MediaFaults() {}

    static List<Fault<Media>> of(RealMedia data) {
        List<Subject<Media>> digits = List.of(data.digits);
        List<Subject<Media>> both = List.of(data.digits, data.coloured);
        List<Subject<Media>> spoken = List.of(data.spoken);
        return List.of(
                changed("pictures almost black", Set.of("dark-images"), both, random -> Pictures::dark),
                changed("pictures almost white", Set.of("light-images"), both, random -> Pictures::light),
                changed("pictures out of focus", Set.of("blurry-images"), both, random -> Pictures::blurred),
                changed("pictures of one grey", Set.of("low-information-images"), both, random -> Pictures::uniform),
                changed("pictures stretched", Set.of("odd-image-sizes"), both, random -> Pictures::stretched),
                changed(
                        "pictures without colour",
                        Set.of("grey-among-colour"),
                        List.of(data.coloured),
                        random -> Pictures::grey),
                changed("picture files cut off", Set.of("corrupt-files"), digits, random -> Pictures::half),
                repeated("pictures repeated", Set.of("duplicates", "near-duplicates"), both, random -> file -> file),
                repeated(
                        "pictures repeated with noise",
                        Set.of("near-duplicates"),
                        both,
                        random -> file -> Pictures.nearly(file, random)),
                leaked("pictures of the training in the test", digits, random -> file -> file),
                leaked("the same with noise", digits, random -> file -> Pictures.nearly(file, random)),
                changed("sounds of zeros", Set.of("silent-sounds"), spoken, random -> Sounds::silent),
                changed("sounds turned up too far", Set.of("clipped-sounds"), spoken, random -> Sounds::clipped),
                changed("sounds without a sample", Set.of("short-sounds"), spoken, random -> Sounds::empty),
                changed("sounds of another rate", Set.of("mixed-sample-rates"), spoken, random -> Sounds::twiceTheRate),
                changed("sound files cut off", Set.of("corrupt-files"), spoken, random -> Sounds::half),
                repeated("sounds repeated", Set.of("duplicates", "near-duplicates"), spoken, random -> file -> file),
                leaked("sounds of the training in the test", spoken, random -> file -> file));
    }

    private static Fault<Media> changed(
            String name, Set<String> rules, List<Subject<Media>> subjects, Function<Random, Media.Change> change) {
        return files(name, rules, subjects, (s, percent, random) -> s.change(percent, random, change.apply(random)));
    }

    private static Fault<Media> repeated(
            String name, Set<String> rules, List<Subject<Media>> subjects, Function<Random, Media.Change> change) {
        return files(
                name, rules, subjects, (s, percent, random) -> s.repeat(percent, random, "_2", change.apply(random)));
    }

    private static Fault<Media> leaked(
            String name, List<Subject<Media>> subjects, Function<Random, Media.Change> change) {
        return files(
                        name,
                        Set.of("leaked-rows"),
                        subjects,
                        (s, percent, random) -> s.leak(percent, random, "_2", change.apply(random)))
                .prepared(RealMedia.SPLIT);
    }

    private static Fault<Media> files(
            String name, Set<String> rules, List<Subject<Media>> subjects, Damage<Media> damage) {
        return Fault.of(name, rules, SIZES, FILES, subjects, damage);
    }
}
