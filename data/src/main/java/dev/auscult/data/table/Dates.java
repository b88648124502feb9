package dev.auscult.data.table;

import java.time.LocalDate;

/**
 * Dates as numbers: days since 1970-01-01, the time of day as a fraction.
 *
 * <p>Read are {@code 2024-03-23}, {@code 2024/03/23}, {@code 23.03.2024}, each with an optional time {@code 20:21},
 * {@code 20:21:09} or {@code 20:21:09.5} after a space or {@code T}, and after the time an optional {@code Z} or offset
 * {@code +02:00}. Orders that cannot be told apart ({@code 03/04/2024}) are not guessed.
 */
public final class Dates {
    private static final double SECONDS_PER_DAY = 86_400;

    private Dates() {}

    /** Days since 1970-01-01; NaN if the characters are no date. */
    public static double days(char[] c, int offset, int length) {
        if (length < 10) {
            return Double.NaN;
        }
        int year;
        int month;
        int day;
        char mark = c[offset + 4];
        if ((mark == '-' || mark == '/') && c[offset + 7] == mark) {
            year = digits(c, offset, 4);
            month = digits(c, offset + 5, 2);
            day = digits(c, offset + 8, 2);
        } else if (c[offset + 2] == '.' && c[offset + 5] == '.') {
            day = digits(c, offset, 2);
            month = digits(c, offset + 3, 2);
            year = digits(c, offset + 6, 4);
        } else {
            return Double.NaN;
        }
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return Double.NaN;
        }
        double days = LocalDate.of(year, month, day).toEpochDay();
        return length == 10 ? days : days + seconds(c, offset + 10, offset + length) / SECONDS_PER_DAY;
    }

    private static int daysOf(int year, int month) {
        return LocalDate.of(year, month, 1).lengthOfMonth();
    }

    /** Seconds of the day of {@code T20:21:09.5+02:00}; NaN if it is no time. */
    private static double seconds(char[] c, int start, int end) {
        if ((c[start] != ' ' && c[start] != 'T') || end - start < 6 || c[start + 3] != ':') {
            return Double.NaN;
        }
        int hour = digits(c, start + 1, 2);
        int minute = digits(c, start + 4, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return Double.NaN;
        }
        double seconds = hour * 3600.0 + minute * 60.0;
        int i = start + 6;
        if (i < end && c[i] == ':') {
            int second = i + 3 <= end ? digits(c, i + 1, 2) : -1;
            if (second < 0 || second > 60) {
                return Double.NaN;
            }
            seconds += second;
            i += 3;
            if (i < end && (c[i] == '.' || c[i] == ',')) {
                double unit = 0.1;
                int first = ++i;
                for (; i < end && c[i] >= '0' && c[i] <= '9'; i++) {
                    seconds += (c[i] - '0') * unit;
                    unit /= 10;
                }
                if (i == first) {
                    return Double.NaN;
                }
            }
        }
        return seconds - offset(c, i, end);
    }

    private static double offset(char[] c, int start, int end) {
        if (start == end || (end - start == 1 && c[start] == 'Z')) {
            return 0;
        }
        boolean colon = end - start == 6 && c[start + 3] == ':';
        if ((c[start] != '+' && c[start] != '-') || !(colon || end - start == 5 || end - start == 3)) {
            return Double.NaN;
        }
        int hours = digits(c, start + 1, 2);
        int minutes = end - start == 3 ? 0 : digits(c, end - 2, 2);
        if (hours < 0 || minutes < 0) {
            return Double.NaN;
        }
        double seconds = hours * 3600.0 + minutes * 60.0;
        return c[start] == '-' ? -seconds : seconds;
    }

    private static int digits(char[] c, int start, int count) {
        int value = 0;
        for (int i = start; i < start + count; i++) {
            if (c[i] < '0' || c[i] > '9') {
                return -1;
            }
            value = value * 10 + (c[i] - '0');
        }
        return value;
    }
}
