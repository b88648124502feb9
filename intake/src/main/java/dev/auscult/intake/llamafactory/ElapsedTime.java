package dev.auscult.intake.llamafactory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as Python writes it: {@code 0:32:48}, {@code 9 days, 21:39:23}. */
final class ElapsedTime {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,6}) days?, )?(\\d{1,6}):(\\d{2}):(\\d{2})(?:\\.\\d+)?");

    private ElapsedTime() {}

    /** The duration in seconds; NaN if the text is none. */
    static double seconds(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Double.NaN;
        }
        long days = form.group(1) == null ? 0 : Long.parseLong(form.group(1));
        long hours = 24 * days + Long.parseLong(form.group(2));
        return (hours * 60.0 + Long.parseLong(form.group(3))) * 60 + Long.parseLong(form.group(4));
    }
}
