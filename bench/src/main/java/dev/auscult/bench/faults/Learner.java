package dev.auscult.bench.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseNetwork;
import dev.auscult.diagnose.cause.NoisyOr;

/**
 * Learns a network from judged runs.
 *
 * <p>Links are counted: the share of a cause's runs that show a symptom, smoothed towards the share of all runs by one run's
 * worth. Runs of one base are alike, so that all runs of a cause on one base count as three at most.
 *
 * <p>Reliabilities are fitted: they minimise the mean negative log-probability of the right answers, where the runs of each
 * base are judged by links counted on the other bases, with a penalty {@code λ Σ (r + r²)} (Adam, Kingma and Ba 2015,
 * algorithm 1). So a symptom counts for what it is worth on a program never seen.
 */
final class Learner {
    private static final int ITERATIONS = 120;
    private static final double STEP = 0.08;
    private static final double PENALTY = 0.003;
    private static final double LEAST = 0.01;
    private static final double RUNS_OF_BASE = 3;
    private static final double SMOOTHING = 1;
    private static final double SICK_SHARE = 0.6;
    private static final double HARMLESS_SHARE = 0.15;

    /** log-probability taken from a cause that no other base shows: it cannot be judged, and shall not be chosen. */
    private static final double UNSEEN = -3;

    /** Added to probabilities in the logarithm, so that runs that cannot be got right do not rule the fit. */
    private static final double FORGIVEN = 1e-3;

    /** What a symptom adds to a score at most, below which its link is left out of the table. */
    private static final double LEAST_EVIDENCE = 0.02;

    private static final double LEAST_RELIABILITY = 0.005;

    private final List<Judged> runs;
    private final Map<Cause, Double> priors;
    private final List<String> symptoms;
    private final List<Cause> causes = new ArrayList<>();
    private final List<String> bases;
    private final int[] cause;
    private final int[] base;
    private final boolean[][] right;
    private final double[] weight;

    /** Shown 1, not shown 0, unknown -1, by run and symptom. */
    private final byte[][] seen;

    /** {@code [base][cause][symptom]}: runs that show it, and runs that can tell. */
    private final double[][][] show;

    private final double[][][] tell;

    Learner(List<Judged> runs, Map<Cause, Double> priors) {
        this.runs = runs;
        this.priors = priors;
        TreeSet<String> names = new TreeSet<>();
        runs.forEach(r -> names.addAll(r.shown().keySet()));
        // How long steps take says something of the machine that recorded the bench, and nothing of a fault planted
        // here.
        names.removeIf(name -> name.startsWith("RES"));
        symptoms = List.copyOf(names);
        bases = runs.stream().map(r -> r.run().base()).distinct().sorted().toList();
        for (Cause one : Cause.values()) {
            if (runs.stream().anyMatch(r -> r.planted() == one)) {
                causes.add(one);
            }
        }
        int n = runs.size();
        cause = new int[n];
        base = new int[n];
        right = new boolean[n][causes.size()];
        weight = new double[n];
        seen = new byte[n][symptoms.size()];
        show = new double[bases.size()][causes.size()][symptoms.size()];
        tell = new double[bases.size()][causes.size()][symptoms.size()];
        count();
    }

    private void count() {
        Map<Judged.Kind, Double> ofKind = new EnumMap<>(Judged.Kind.class);
        runs.forEach(r -> ofKind.merge(r.kind(), 1.0, Double::sum));
        double sick = ofKind.getOrDefault(Judged.Kind.SICK, 0.0);
        double harmless = ofKind.getOrDefault(Judged.Kind.HARMLESS, 0.0);
        double well = runs.size() - sick - harmless;
        for (int i = 0; i < runs.size(); i++) {
            Judged run = runs.get(i);
            cause[i] = causes.indexOf(run.planted());
            base[i] = bases.indexOf(run.run().base());
            for (Cause one : run.right()) {
                if (causes.contains(one)) {
                    right[i][causes.indexOf(one)] = true;
                }
            }
            weight[i] = switch (run.kind()) {
                case SICK -> SICK_SHARE / sick;
                case HARMLESS -> (1 - SICK_SHARE) * HARMLESS_SHARE / harmless;
                case HEALTHY, ODD -> (1 - SICK_SHARE) * (1 - HARMLESS_SHARE) / well;
            };
            for (int s = 0; s < symptoms.size(); s++) {
                Boolean is = run.shown().get(symptoms.get(s));
                seen[i][s] = (byte) (is == null ? -1 : is ? 1 : 0);
                if (is != null) {
                    tell[base[i]][cause[i]][s]++;
                    show[base[i]][cause[i]][s] += is ? 1 : 0;
                }
            }
        }
    }

    /** The network, with reliabilities as fitted. */
    CauseNetwork learn() {
        double[] reliability = reliabilities();
        double[][] p = probabilities(-1);
        int healthy = causes.indexOf(Cause.NO_FAULT);
        Map<String, CauseNetwork.Gate> gates = new TreeMap<>();
        for (int s = 0; s < symptoms.size(); s++) {
            Map<Cause, Double> links = new EnumMap<>(Cause.class);
            double leak = p[healthy][s];
            for (int c = 0; c < causes.size(); c++) {
                double evidence = reliability[s]
                        * Math.max(Math.abs(Math.log(p[c][s] / leak)), Math.abs(Math.log((1 - p[c][s]) / (1 - leak))));
                if (c != healthy && evidence >= LEAST_EVIDENCE) {
                    links.put(causes.get(c), NoisyOr.link(leak, p[c][s]));
                }
            }
            if (reliability[s] >= LEAST_RELIABILITY && !links.isEmpty()) {
                gates.put(symptoms.get(s), new CauseNetwork.Gate(reliability[s], leak, links));
            }
        }
        return new CauseNetwork(gates);
    }

    /** What each run would be called by links counted on the other bases, in the order of the runs. */
    List<Map<Cause, Double>> heldOut() {
        double[] reliability = reliabilities();
        float[][][] log = new float[bases.size()][][];
        double[][] start = new double[bases.size()][];
        for (int b = 0; b < bases.size(); b++) {
            log[b] = logs(probabilities(b));
            start[b] = start(b);
        }
        List<Map<Cause, Double>> all = new ArrayList<>();
        double[] z = new double[causes.size()];
        for (int i = 0; i < seen.length; i++) {
            posterior(i, reliability, log, start, z);
            Map<Cause, Double> one = new EnumMap<>(Cause.class);
            for (int c = 0; c < z.length; c++) {
                one.put(causes.get(c), z[c]);
            }
            all.add(one);
        }
        return all;
    }

    /** The probability of each cause of one run. */
    private void posterior(int i, double[] reliability, float[][][] log, double[][] start, double[] z) {
        int k = causes.size();
        System.arraycopy(start[base[i]], 0, z, 0, k);
        float[][] logs = log[base[i]];
        for (int s = 0; s < reliability.length; s++) {
            if (seen[i][s] >= 0) {
                float[] row = logs[2 * s + seen[i][s]];
                double r = reliability[s];
                for (int c = 0; c < k; c++) {
                    z[c] += r * row[c];
                }
            }
        }
        double most = Arrays.stream(z).max().orElse(0);
        double sum = 0;
        for (int c = 0; c < k; c++) {
            z[c] = Math.exp(z[c] - most);
            sum += z[c];
        }
        for (int c = 0; c < k; c++) {
            z[c] /= sum;
        }
    }

    /** P(shown | cause) {@code [cause][symptom]}, counted on all bases but one; -1 for all. */
    private double[][] probabilities(int without) {
        double[][] p = new double[causes.size()][symptoms.size()];
        for (int s = 0; s < symptoms.size(); s++) {
            double allShow = 0;
            double allTell = 0;
            for (int b = 0; b < bases.size(); b++) {
                for (int c = 0; c < causes.size() && b != without; c++) {
                    allShow += show[b][c][s];
                    allTell += tell[b][c][s];
                }
            }
            double common = (allShow + 0.5) / (allTell + 1);
            for (int c = 0; c < causes.size(); c++) {
                double shows = SMOOTHING * common;
                double tells = SMOOTHING;
                for (int b = 0; b < bases.size(); b++) {
                    if (b != without) {
                        double share = RUNS_OF_BASE / Math.max(RUNS_OF_BASE, tell[b][c][s]);
                        shows += share * show[b][c][s];
                        tells += share * tell[b][c][s];
                    }
                }
                p[c][s] = Math.min(1 - LEAST, Math.max(LEAST, shows / tells));
            }
        }
        return p;
    }

    private double[] reliabilities() {
        int count = symptoms.size();
        float[][][] log = new float[bases.size()][][];
        double[][] start = new double[bases.size()][];
        for (int b = 0; b < bases.size(); b++) {
            log[b] = logs(probabilities(b));
            start[b] = start(b);
        }
        double[] logit = new double[count];
        Arrays.fill(logit, -2);
        double[] first = new double[count];
        double[] second = new double[count];
        for (int iteration = 1; iteration <= ITERATIONS; iteration++) {
            double[] reliability =
                    Arrays.stream(logit).map(a -> 1 / (1 + Math.exp(-a))).toArray();
            double[] slope = slope(reliability, log, start);
            for (int s = 0; s < count; s++) {
                double r = reliability[s];
                double g = (slope[s] + PENALTY * (1 + 2 * r)) * r * (1 - r);
                first[s] = 0.9 * first[s] + 0.1 * g;
                second[s] = 0.999 * second[s] + 0.001 * g * g;
                double corrected = first[s] / (1 - Math.pow(0.9, iteration));
                double scale = Math.sqrt(second[s] / (1 - Math.pow(0.999, iteration))) + 1e-8;
                logit[s] -= STEP * corrected / scale;
            }
        }
        return Arrays.stream(logit).map(a -> 1 / (1 + Math.exp(-a))).toArray();
    }

    /** {@code [2 * symptom + shown][cause]}. */
    private float[][] logs(double[][] p) {
        float[][] logs = new float[2 * symptoms.size()][causes.size()];
        for (int s = 0; s < symptoms.size(); s++) {
            for (int c = 0; c < causes.size(); c++) {
                logs[2 * s][c] = (float) Math.log(1 - p[c][s]);
                logs[2 * s + 1][c] = (float) Math.log(p[c][s]);
            }
        }
        return logs;
    }

    private double[] start(int without) {
        double[] start = new double[causes.size()];
        for (int c = 0; c < start.length; c++) {
            int of = c;
            boolean elsewhere = false;
            for (int i = 0; i < cause.length; i++) {
                elsewhere |= cause[i] == of && base[i] != without;
            }
            start[c] = Math.log(priors.getOrDefault(causes.get(c), 0.0)) + (elsewhere ? 0 : UNSEEN);
        }
        return start;
    }

    /** Derivative of the mean negative log-probability of the right answers by each reliability. */
    private double[] slope(double[] reliability, float[][][] log, double[][] start) {
        int k = causes.size();
        double[] slope = new double[reliability.length];
        double[] z = new double[k];
        double[] by = new double[k];
        for (int i = 0; i < seen.length; i++) {
            posterior(i, reliability, log, start, z);
            float[][] logs = log[base[i]];
            double good = 0;
            for (int c = 0; c < k; c++) {
                good += right[i][c] ? z[c] : 0;
            }
            for (int c = 0; c < k; c++) {
                by[c] = -weight[i] / (good + FORGIVEN) * z[c] * ((right[i][c] ? 1 : 0) - good);
            }
            for (int s = 0; s < reliability.length; s++) {
                if (seen[i][s] >= 0) {
                    float[] row = logs[2 * s + seen[i][s]];
                    double d = 0;
                    for (int c = 0; c < k; c++) {
                        d += by[c] * row[c];
                    }
                    slope[s] += d;
                }
            }
        }
        return slope;
    }
}
