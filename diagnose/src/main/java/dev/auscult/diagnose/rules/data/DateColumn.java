package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;

/** Remarks on dates among the inputs. */
public final class DateColumn implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT112", "date-column");
    private static final Threshold ROWS =
            new Threshold("rows", 1, "rows", "with a date, from which the column is named");

    /** Low: it is no fault, but seldom meant. */
    private static final int SCORE = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.areIn(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.COLUMNS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ROWS);
    }

    @Override
    public Verdict examine(Examination e) {
        DataProfile.Part train = Tables.parts(e).get(0);
        List<ColumnProfile> dates = Tables.inputs(train).stream()
                .filter(c -> c.type().equals("date") && c.present() >= e.threshold(this, ROWS))
                .toList();
        if (dates.isEmpty()) {
            return Verdict.CLEAR;
        }
        List<String> names = dates.stream().map(ColumnProfile::name).toList();
        double days = dates.get(0)
                .numbers()
                .map(n -> n.max() - n.min())
                .filter(Double::isFinite)
                .orElse(0.0);
        return Verdict.found(new Finding(
                INFO,
                SCORE,
                Looks.columns(names) + (names.size() == 1 ? " is a date" : " are dates") + " over " + Numbers.of(days)
                        + " days: later data lie outside of what was learned",
                Where.data(names, List.of()),
                Evidence.of("days between the first and the last", days, "days"),
                List.of(
                        Remedy.edit(
                                "hold out the last part in time, not a random one",
                                Remedy.Safety.LIKELY,
                                "data.validation.time",
                                Looks.scalar(names.get(0))),
                        Remedy.advice("make weekday, month and hour of it, or the time between two dates"))));
    }
}
