package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.run.Probe;

/**
 * Outcomes of active checks written down as text, for the cases of rule pages:
 *
 * <pre>
 * probe loss-at-start loss 2.35 standard-error 0.02 expected 2.303 uniform 2.303 examples 512
 * probe depth-scale
 * part {0..7}-dense activation-std 1*0.3 gradient-rms 1e-3
 * probe train-evaluation output-difference 0.1 dropout yes
 * </pre>
 *
 * After the kind come pairs of a name and its number; a value that is no number is a note. A {@code part} belongs to the
 * check above it and may name many at once; {@code a*f} gives the k-th of them, from 0, the value a·f^k.
 */
final class CaseProbes {
    private static final Pattern RANGE = Pattern.compile("\\{(\\d+)\\.\\.(\\d+)}");

    private final List<Probe> probes = new ArrayList<>();

    static boolean isPart(String line) {
        return line.startsWith("probe ") || line.startsWith("part ");
    }

    void add(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words[0].equals("part")) {
            Probe last = probes.remove(probes.size() - 1);
            List<Probe.Part> parts = new ArrayList<>(last.parts());
            parts.addAll(parts(words));
            probes.add(new Probe(last.kind(), last.numbers(), last.notes(), parts));
            return;
        }
        Probe.Kind kind = Probe.Kind.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        Map<String, Double> numbers = new HashMap<>();
        Map<String, String> notes = new HashMap<>();
        for (int i = 2; i < words.length; i += 2) {
            if (words[i + 1].matches("[a-z-]+")) {
                notes.put(words[i], words[i + 1]);
            } else {
                numbers.put(words[i], Double.parseDouble(words[i + 1]));
            }
        }
        probes.add(new Probe(kind, numbers, notes, List.of()));
    }

    private static List<Probe.Part> parts(String[] words) {
        Matcher range = RANGE.matcher(words[1]);
        boolean many = range.find();
        int from = many ? Integer.parseInt(range.group(1)) : 0;
        int to = many ? Integer.parseInt(range.group(2)) : 0;
        List<Probe.Part> parts = new ArrayList<>();
        for (int k = from; k <= to; k++) {
            Map<String, Double> numbers = new HashMap<>();
            for (int i = 2; i < words.length; i += 2) {
                String[] value = words[i + 1].split("\\*", -1);
                double factor = value.length < 2 ? 1 : Math.pow(Double.parseDouble(value[1]), k - from);
                numbers.put(words[i], Double.parseDouble(value[0]) * factor);
            }
            parts.add(new Probe.Part(many ? range.replaceFirst(Integer.toString(k)) : words[1], numbers));
        }
        return parts;
    }

    List<Probe> build() {
        return probes;
    }
}
