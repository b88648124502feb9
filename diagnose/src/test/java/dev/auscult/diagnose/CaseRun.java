package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;

/**
 * A run written down as text, for the cases of rule pages. One line each:
 *
 * <pre>
 * train/loss: 2.3@0 0.4@10 0.02@39 noise 0.03
 * validation/loss: 2.3@0 0.45@10 0.93@39 geometric noise 0.03 every 1
 * validation/accuracy: values 0.5 0.5 0.5
 * gradient fc1.weight meanAbsolute: 1e-3@0 1e-9@100 every 10
 * gradient fc{1..8}.weight count=4096 l2Norm: 1e-6@0 1e-6@100 every 10 depth 8
 * setting learning-rate: 0.1
 * event INTERRUPTED: killed
 * </pre>
 *
 * {@code value@step} are the corners of a piecewise linear curve ({@code geometric}: linear in the logarithm;
 * {@code hold}: constant up to the next corner), written at every {@code every} steps (1 unless said) from the first to
 * the last corner. {@code noise r} multiplies by 1 + r·N(0,1), {@code jitter a} adds a·N(0,1), {@code wave r/p} multiplies
 * by 1 + r·sin(2π·point/p), {@code spike f@step} multiplies the point at that step by f, {@code nan@step} makes that point
 * NaN and {@code nan-from@step} all from there. {@code epochs n} says that n points make an epoch. All noise is seeded by
 * the metric's name, so that a case is the same run every time. A tensor line may name many layers at once ({@code
 * fc{1..8}}): {@code depth f} multiplies the k-th of them by f^k; {@code field=value} before the field of the curve holds
 * at all of its steps.
 *
 * <p>Lines that begin with {@code model} or {@code layer} draw the network ({@link CaseGraph}), lines that begin with {@code
 * probe} or {@code part} the outcome of active checks ({@link CaseProbes}), lines that begin with {@code data}, {@code column},
 * {@code observation} or {@code example} the profile of the data ({@link CaseData}).
 */
final class CaseRun {
    private final RunBuilder run;
    private final CaseGraph graph = new CaseGraph();
    private final CaseProbes probes = new CaseProbes();
    private final CaseData data = new CaseData();
    private final Map<TensorKey, Map<Long, double[]>> tensorFields = new LinkedHashMap<>();
    private static final Pattern RANGE = Pattern.compile("\\{(\\d+)\\.\\.(\\d+)}");
    private static final List<String> FIELDS = List.of(
            "count",
            "nonFinite",
            "zeros",
            "min",
            "max",
            "mean",
            "standardDeviation",
            "l2Norm",
            "meanAbsolute",
            "inactiveShare");

    private CaseRun(String id) {
        this.run = Run.builder(id).format("case");
    }

    static Run parse(String id, String text) {
        CaseRun builder = new CaseRun(id);
        for (String line : text.lines().toList()) {
            String trimmed = line.strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                try {
                    builder.line(line, trimmed);
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException("case " + id + ", line: " + trimmed, e);
                }
            }
        }
        builder.addTensors();
        if (!builder.graph.isEmpty()) {
            builder.run.graph(builder.graph.build());
        }
        if (!builder.data.isEmpty()) {
            builder.run.data(builder.data.build());
        }
        builder.probes.build().forEach(builder.run::probe);
        return builder.run.build();
    }

    private void line(String whole, String line) {
        if (CaseGraph.isPart(line)) {
            graph.add(whole);
            return;
        }
        if (CaseData.isPart(line)) {
            data.add(line);
            return;
        }
        if (CaseProbes.isPart(line)) {
            probes.add(line);
            return;
        }
        int colon = line.indexOf(": ");
        String subject = line.substring(0, colon).strip();
        String rest = line.substring(colon + 2).strip();
        String[] words = subject.split("\\s+", -1);
        if (words[0].equals("setting")) {
            setting(subject.substring("setting".length()).strip(), rest);
        } else if (words[0].equals("event")) {
            run.event(RunEvent.Kind.valueOf(words[1]), -1, rest);
        } else if (words.length >= 3 && isTensorKind(words[0])) {
            tensors(words, rest);
        } else {
            CaseCurve curve = new CaseCurve(subject, rest);
            for (int i = 0; i < curve.size(); i++) {
                run.series(subject).add(curve.step(i), curve.epoch(i), Double.NaN, curve.value(i));
            }
        }
    }

    private void setting(String name, String value) {
        Arrays.stream(Setting.values())
                .filter(s -> s.key().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        s -> run.settings().put(s, value), () -> run.settings().put(name, value));
    }

    private static boolean isTensorKind(String word) {
        return Arrays.stream(TensorKind.values()).anyMatch(k -> k.name().equalsIgnoreCase(word));
    }

    private void tensors(String[] words, String rest) {
        Matcher range = RANGE.matcher(words[1]);
        if (!range.find()) {
            tensor(words, new CaseCurve(String.join(" ", words), rest), 0);
            return;
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        for (int k = from; k <= to; k++) {
            String[] one = words.clone();
            one[1] = range.replaceFirst(Integer.toString(k));
            tensor(one, new CaseCurve(String.join(" ", one), rest), k - from);
        }
    }

    private void tensor(String[] words, CaseCurve curve, int depth) {
        TensorKind kind = TensorKind.valueOf(words[0].toUpperCase(Locale.ROOT));
        boolean hasParameter = kind != TensorKind.ACTIVATION && kind != TensorKind.ACTIVATION_GRADIENT;
        int dot = words[1].lastIndexOf('.');
        TensorKey key = hasParameter && dot > 0
                ? new TensorKey(words[1].substring(0, dot), words[1].substring(dot + 1), kind)
                : new TensorKey(words[1], "", kind);
        Map<Long, double[]> records = tensorFields.computeIfAbsent(key, k -> new LinkedHashMap<>());
        for (int i = 0; i < curve.size(); i++) {
            double[] fields = records.computeIfAbsent(curve.step(i), s -> {
                double[] unknown = new double[FIELDS.size()];
                Arrays.fill(unknown, Double.NaN);
                return unknown;
            });
            for (int w = 2; w < words.length - 1; w++) {
                String[] constant = words[w].split("=", -1);
                fields[field(constant[0])] = Double.parseDouble(constant[1]);
            }
            fields[field(words[words.length - 1])] = curve.value(i) * Math.pow(curve.depthFactor(), depth);
        }
    }

    private static int field(String name) {
        int field = FIELDS.indexOf(name);
        if (field < 0) {
            throw new IllegalArgumentException("no tensor field " + name + "; known: " + FIELDS);
        }
        return field;
    }

    private void addTensors() {
        tensorFields.forEach((key, records) -> records.forEach((step, f) -> run.tensor(key)
                .add(
                        step,
                        Double.NaN,
                        new TensorSummary(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], null))));
    }

    /** One curve of a case. */
    private static final class CaseCurve {
        private final List<Long> cornerSteps = new ArrayList<>();
        private final List<Double> cornerValues = new ArrayList<>();
        private final Map<Long, Double> spikes = new LinkedHashMap<>();
        private final List<Long> nans = new ArrayList<>();
        private long nanFrom = Long.MAX_VALUE;
        private String shape = "linear";
        private double noise;
        private double jitter;
        private double waveHeight;
        private double wavePeriod = 1;
        private double depthFactor = 1;
        private long every = 1;
        private long perEpoch;
        private final double[] values;
        private final long[] steps;

        CaseCurve(String name, String text) {
            String[] words = text.split("\\s+", -1);
            boolean plain = words[0].equals("values");
            for (int i = plain ? 1 : 0; i < words.length; i++) {
                switch (words[i]) {
                    case "geometric", "hold", "linear" -> shape = words[i];
                    case "noise" -> noise = Double.parseDouble(words[++i]);
                    case "jitter" -> jitter = Double.parseDouble(words[++i]);
                    case "depth" -> depthFactor = Double.parseDouble(words[++i]);
                    case "every" -> every = Long.parseLong(words[++i]);
                    case "epochs" -> perEpoch = Long.parseLong(words[++i]);
                    case "wave" -> {
                        String[] wave = words[++i].split("/", -1);
                        waveHeight = Double.parseDouble(wave[0]);
                        wavePeriod = Double.parseDouble(wave[1]);
                    }
                    case "spike" -> {
                        String[] spike = words[++i].split("@", -1);
                        spikes.put(Long.parseLong(spike[1]), Double.parseDouble(spike[0]));
                    }
                    default -> corner(words[i], plain);
                }
            }
            long first = cornerSteps.get(0);
            long last = cornerSteps.get(cornerSteps.size() - 1);
            int n = (int) ((last - first) / every) + 1;
            steps = new long[n];
            values = new double[n];
            SplittableRandom random = new SplittableRandom(name.hashCode());
            for (int i = 0; i < n; i++) {
                steps[i] = first + i * every;
                double clean = at(steps[i]) * spikes.getOrDefault(steps[i], 1.0);
                double wave = 1 + waveHeight * Math.sin(2 * Math.PI * i / wavePeriod);
                double g = random.nextGaussian();
                boolean nan = steps[i] >= nanFrom || nans.contains(steps[i]);
                values[i] = nan ? Double.NaN : clean * wave * (1 + noise * g) + jitter * g;
            }
        }

        private void corner(String word, boolean plain) {
            if (plain) {
                cornerSteps.add((long) cornerSteps.size());
                cornerValues.add(Double.parseDouble(word));
            } else if (word.startsWith("nan-from@")) {
                nanFrom = Long.parseLong(word.substring("nan-from@".length()));
            } else if (word.startsWith("nan@")) {
                nans.add(Long.parseLong(word.substring("nan@".length())));
            } else {
                String[] corner = word.split("@", -1);
                cornerValues.add(Double.parseDouble(corner[0]));
                cornerSteps.add(Long.parseLong(corner[1]));
            }
        }

        private double at(long step) {
            int k = 0;
            while (k + 1 < cornerSteps.size() && cornerSteps.get(k + 1) <= step) {
                k++;
            }
            if (k + 1 == cornerSteps.size() || shape.equals("hold")) {
                return cornerValues.get(k);
            }
            double share = (step - cornerSteps.get(k)) / (double) (cornerSteps.get(k + 1) - cornerSteps.get(k));
            double a = cornerValues.get(k);
            double b = cornerValues.get(k + 1);
            return shape.equals("geometric")
                    ? Math.exp(Math.log(a) + share * (Math.log(b) - Math.log(a)))
                    : a + share * (b - a);
        }

        double depthFactor() {
            return depthFactor;
        }

        int size() {
            return values.length;
        }

        long step(int i) {
            return steps[i];
        }

        double epoch(int i) {
            return perEpoch == 0 ? Double.NaN : i / (double) perEpoch;
        }

        double value(int i) {
            return values[i];
        }
    }
}
