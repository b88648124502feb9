package dev.auscult.intake.console;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.run.Split;

/** Stable-Baselines3: a box of lines {@code |    ep_rew_mean | 21.3 |} with section lines, one box per log step. */
final class TableForm implements LineForm {
    private static final int MOST_ROWS = 200;

    private final Pairs pairs = new Pairs();
    private final Map<String, Double> rows = new LinkedHashMap<>();
    private String section = "";

    @Override
    public boolean accept(String line, Output out) {
        if (line.isEmpty()) {
            return false;
        }
        if (line.charAt(0) == '-') {
            boolean any = !rows.isEmpty() && line.startsWith("-----");
            if (any) {
                emit(out);
            }
            return any;
        }
        if (line.charAt(0) != '|' || line.length() > 300) {
            return false;
        }
        int second = line.indexOf('|', 1);
        int third = second < 0 ? -1 : line.indexOf('|', second + 1);
        if (third < 0 || !line.substring(third + 1).isBlank()) {
            return false;
        }
        String key = line.substring(1, second).strip();
        String value = line.substring(second + 1, third).strip();
        if (value.isEmpty()) {
            section = key;
            return !key.isEmpty();
        }
        pairs.scan(value);
        if (pairs.size() == 1 && !key.isEmpty() && rows.size() < MOST_ROWS) {
            boolean grouped = section.endsWith("/") && line.startsWith("|   ");
            rows.put(grouped ? section + key : key, pairs.value(0));
        }
        return true;
    }

    private void emit(Output out) {
        Double step = null;
        for (Map.Entry<String, Double> row : rows.entrySet()) {
            if (row.getKey().endsWith("total_timesteps") || row.getKey().endsWith("total timesteps")) {
                step = row.getValue();
            }
        }
        if (step != null) {
            out.step(step);
        } else {
            out.axis().toNextBatch();
        }
        rows.forEach((name, value) -> {
            if (!name.endsWith("total_timesteps")) {
                out.atStepOverMany(name, Split.NONE, value);
            }
        });
        rows.clear();
        section = "";
    }
}
