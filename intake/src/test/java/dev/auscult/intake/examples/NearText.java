package dev.auscult.intake.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares texts with numbers: {@link Math#exp} may differ in its last digit from one Java to another. */
final class NearText {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(e-?\\d+)?");
    private static final double TOLERANCE = 0.02;

    private NearText() {}

    /** Whether the texts are the same but for small differences of their fractions. */
    static boolean near(String a, String b) {
        if (!NUMBER.matcher(a).replaceAll("#").equals(NUMBER.matcher(b).replaceAll("#"))) {
            return false;
        }
        Matcher left = NUMBER.matcher(a);
        Matcher right = NUMBER.matcher(b);
        while (left.find() && right.find()) {
            double x = Double.parseDouble(left.group());
            double y = Double.parseDouble(right.group());
            if (Math.abs(x - y) > TOLERANCE * Math.max(1, Math.abs(y))) {
                return false;
            }
        }
        return true;
    }
}
