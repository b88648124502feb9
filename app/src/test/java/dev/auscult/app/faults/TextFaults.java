package dev.auscult.app.faults;

import java.util.List;
import java.util.Set;

import dev.auscult.app.faults.Fault.Damage;

/** The faults of texts. */
final class TextFaults {
    private TextFaults() {}

    static List<Fault<Tables>> of(RealTables data) {
        List<Subject<Tables>> news = List.of(data.news);
        return List.of(
                texts("texts without a word", "empty-texts", 1, 5, 20, news, Texts::empty),
                texts("texts thirty times as long", "long-texts", 1, 5, 20, news, Texts::long_),
                texts("UTF-8 taken for Windows-1252", "damaged-encoding", 1, 5, 20, news, Texts::damaged)
                        .prepared(Texts.TYPESET),
                texts("texts of other languages", "mixed-languages", 2, 10, 40, news, Texts::foreign),
                texts("texts of two words", "token-waste", 30, 60, 90, news, Texts::cut),
                texts("texts repeated", "duplicates", 2, 10, 40, news, RowDamage::repeated),
                texts("texts repeated with another word", "near-duplicates", 2, 10, 40, news, Texts::nearly),
                texts("texts of the training in the test", "leaked-rows", 1, 5, 20, news, SplitDamage::leakedRows)
                        .prepared(SplitDamage.SPLIT),
                texts("the same with another word", "leaked-rows", 1, 5, 20, news, Texts::nearlyLeaked)
                        .prepared(SplitDamage.SPLIT));
    }

    private static Fault<Tables> texts(
            String name,
            String rule,
            double small,
            double medium,
            double large,
            List<Subject<Tables>> news,
            Damage<Tables> damage) {
        return Fault.of(name, Set.of(rule), List.of(small, medium, large), "% of the rows", news, damage);
    }
}
