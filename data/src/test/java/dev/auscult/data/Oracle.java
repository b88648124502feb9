package dev.auscult.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Numbers that {@code bench/oracle/arrays.py} made: on each line a name and its values. */
public final class Oracle {
    private final Map<String, double[]> rows = new HashMap<>();

    private Oracle() {}

    public static Oracle of(Class<?> beside, String name) throws IOException {
        Oracle oracle = new Oracle();
        InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", -1);
                double[] values = new double[parts.length - 1];
                for (int i = 0; i < values.length; i++) {
                    values[i] =
                            parts[i + 1].equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(parts[i + 1]);
                }
                oracle.rows.put(parts[0], values);
            }
        }
        return oracle;
    }

    public double[] get(String name) {
        return Objects.requireNonNull(rows.get(name), name);
    }
}
