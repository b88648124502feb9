package dev.auscult.diagnose.cause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The parameters of the networks as text, one line per symptom: {@code name reliability leak cause=link …} under a heading
 * {@code [CURVES]}, {@code [TENSORS]} or {@code [FULL]}; and the priors, one line per cause: {@code cause probability}.
 * Lines that begin with {@code #} are comments.
 *
 * @param priors probability of each cause before anything is seen; they sum to 1
 * @param networks one for each view
 */
public record CauseTables(Map<Cause, Double> priors, Map<Signals, CauseNetwork> networks) {
    private static final String PRIORS = "priors.txt";
    private static final String NETWORKS = "network.txt";
    private static final String ARGUED = "argued.txt";

    /** The tables that Auscult ships: learned links, and argued ones for causes that cannot be planted. */
    static CauseTables shipped() {
        return new CauseTables(
                priors(lines(PRIORS)),
                joined(List.of(new Source(NETWORKS, lines(NETWORKS)), new Source(ARGUED, lines(ARGUED)))));
    }

    private record Source(String name, List<String> lines) {}

    private static List<String> lines(String name) {
        try (InputStream in = Objects.requireNonNull(CauseTables.class.getResourceAsStream("model/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The priors of a text, scaled to sum to 1. */
    public static Map<Cause, Double> priors(List<String> lines) {
        Map<Cause, Double> priors = new EnumMap<>(Cause.class);
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split("\\s+", -1);
                priors.put(cause(PRIORS, words[0]), Double.parseDouble(words[1]));
            }
        }
        double sum = priors.values().stream().mapToDouble(v -> v).sum();
        priors.replaceAll((cause, weight) -> weight / sum);
        return priors;
    }

    /** The networks of a text. */
    public static Map<Signals, CauseNetwork> networks(List<String> lines) {
        return joined(List.of(new Source(NETWORKS, lines)));
    }

    private static Map<Signals, CauseNetwork> joined(List<Source> sources) {
        Map<Signals, Map<String, CauseNetwork.Gate>> gates = new EnumMap<>(Signals.class);
        for (Source source : sources) {
            List<Signals> sections = List.of();
            for (String line : source.lines()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith("[")) {
                    sections = sections(line);
                    continue;
                }
                String[] words = line.strip().split(" +", -1);
                for (Signals section : sections) {
                    gates.computeIfAbsent(section, s -> new TreeMap<>())
                            .merge(words[0], gate(source.name(), words), CauseTables::joined);
                }
            }
        }
        Map<Signals, CauseNetwork> networks = new EnumMap<>(Signals.class);
        gates.forEach((signals, of) -> networks.put(signals, new CauseNetwork(of)));
        return networks;
    }

    private static List<Signals> sections(String line) {
        List<Signals> sections = new ArrayList<>();
        for (String name : line.replaceAll("[\\[\\]]", "").split(" ", -1)) {
            sections.add(Signals.valueOf(name));
        }
        return sections;
    }

    private static CauseNetwork.Gate gate(String source, String[] words) {
        Map<Cause, Double> links = new EnumMap<>(Cause.class);
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            links.put(cause(source, words[i].substring(0, equals)), Double.parseDouble(words[i].substring(equals + 1)));
        }
        return new CauseNetwork.Gate(Double.parseDouble(words[1]), Double.parseDouble(words[2]), links);
    }

    /** A learned symptom with argued links besides: reliability and leak are as learned. */
    private static CauseNetwork.Gate joined(CauseNetwork.Gate learned, CauseNetwork.Gate argued) {
        Map<Cause, Double> links = new EnumMap<>(Cause.class);
        links.putAll(argued.links());
        links.putAll(learned.links());
        return new CauseNetwork.Gate(Math.max(learned.reliability(), argued.reliability()), learned.leak(), links);
    }

    private static Cause cause(String source, String label) {
        return Cause.named(label)
                .orElseThrow(() -> new IllegalArgumentException(source + ": no cause is called " + label));
    }

    /** A network as the lines of its section, without the heading; links that change nothing are left out. */
    public static List<String> write(CauseNetwork network) {
        List<String> lines = new ArrayList<>();
        network.gates().forEach((name, gate) -> {
            StringBuilder line = new StringBuilder(name);
            line.append(' ').append(digits(gate.reliability(), 3)).append(' ').append(digits(gate.leak(), 2));
            gate.links()
                    .forEach((cause, link) ->
                            line.append(' ').append(cause.label()).append('=').append(digits(link, 2)));
            lines.add(line.toString());
        });
        return lines;
    }

    /** {@code 0.50} as {@code .5}: the tables are read by people and compared line by line. */
    private static String digits(double number, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", number)
                .replaceAll("0+$", "")
                .replaceAll("\\.$", "")
                .replaceFirst("^(-?)0\\.", "$1.");
        return text.isEmpty() || text.equals("-") || text.equals("-0") ? "0" : text;
    }
}
