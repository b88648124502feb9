package dev.auscult.app.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import dev.auscult.diagnose.Finding;

/**
 * What stays the same when a finding is seen again: its run, its rule and its place, but no number.
 *
 * @param run path of the run
 * @param rule code of the rule
 * @param where series, layers and columns, sorted
 */
public record Fingerprint(String run, String rule, List<String> where) implements Comparable<Fingerprint> {
    private static final Comparator<Fingerprint> ORDER = Comparator.comparing(Fingerprint::run)
            .thenComparing(Fingerprint::rule)
            .thenComparing(f -> String.join("\n", f.where()));

    public Fingerprint {
        where = List.copyOf(where);
    }

    public static Fingerprint of(String run, Finding finding) {
        List<String> where = Stream.of(
                        finding.where().series(),
                        finding.where().layers(),
                        finding.where().columns())
                .flatMap(List::stream)
                .sorted()
                .toList();
        return new Fingerprint(run, finding.rule().code(), where);
    }

    @Override
    public int compareTo(Fingerprint other) {
        return ORDER.compare(this, other);
    }

    /** The first half of a SHA-256 over all of it, in hex. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String all = run + "\0" + rule + "\0" + String.join("\0", where);
            byte[] bytes = digest.digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
