package dev.auscult.data.media;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells the script of a text by its letters, and of Latin script the language by its function words: the most frequent words
 * of a language, which stand in every text of some length (Grefenstette 1995). Words that English has too are left out of the
 * others.
 */
final class Tongue {
    /** Too short or too mixed to tell. */
    static final String UNKNOWN = "";

    private static final int LETTERS = 40;
    private static final double OF_ONE_SCRIPT = 0.7;
    private static final int WORDS = 20;
    private static final int HITS = 4;
    private static final double SHARE = 0.1;
    private static final int AHEAD = 2;

    private static final List<String> NAMES = List.of(
            "English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch", "Swedish", "Polish", "Turkish");
    private static final List<String> FUNCTION_WORDS = List.of(
            "the of and to in is for on that with as at by from it was are be this an has have not its said will his",
            "der die das und ist nicht ein eine einen zu den mit von auf für im dem des sich auch es wird als sind hat",
            "le la les des et est une un du dans que qui pour pas sur au plus par avec ce il se sont ne aux cette",
            "el la los las de que y en un una es por con para del se al lo como más su pero fue este ha",
            "il di che è la e un una non sono del della con le si da al dei nel gli anche ha più come alla",
            "o os de que e da em um uma para com não na por mais dos das se foi ao como são",
            "de het een en van dat op te voor niet met zijn aan er om ook als maar bij naar uit wordt die",
            "och att det en som är på av för med den inte till ett om har de var från men vi kan så",
            "w na z się nie że jest o jak po ale od za co przez dla tym był są oraz przy tylko",
            "ve bir bu da de için ile çok olarak gibi daha ne olan var ama kadar sonra en mi ki değil o");

    private final FirstByHash places = new FirstByHash();
    private final int[] languages = new int[512];

    Tongue() {
        int count = 0;
        for (int language = 0; language < FUNCTION_WORDS.size(); language++) {
            for (String word : FUNCTION_WORDS.get(language).split(" ", -1)) {
                long hash = Words.hash(word);
                int place = places.get(hash);
                if (place < 0) {
                    place = count++;
                    places.add(hash, place);
                }
                languages[place] |= 1 << language;
            }
        }
    }

    /** {@code English}, {@code Cyrillic script}; empty if it cannot be told. */
    String of(String text, Words words) {
        int latin = 0;
        int letters = 0;
        Map<UnicodeScript, int[]> scripts = new EnumMap<>(UnicodeScript.class);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x250 ? Character.isLetter(c) : Character.isLetter(c) && c < 0x30000) {
                letters++;
                if (c < 0x250) {
                    latin++;
                } else {
                    scripts.computeIfAbsent(UnicodeScript.of(c), s -> new int[1])[0]++;
                }
            }
        }
        if (letters < LETTERS) {
            return UNKNOWN;
        }
        if (latin >= OF_ONE_SCRIPT * letters) {
            return language(words);
        }
        UnicodeScript most = UnicodeScript.LATIN;
        int count = latin;
        for (Map.Entry<UnicodeScript, int[]> script : scripts.entrySet()) {
            if (script.getValue()[0] > count) {
                most = script.getKey();
                count = script.getValue()[0];
            }
        }
        // Japanese mixes three scripts.
        int japanese = count(scripts, UnicodeScript.HIRAGANA) + count(scripts, UnicodeScript.KATAKANA);
        if (japanese > 0 && japanese + count(scripts, UnicodeScript.HAN) >= OF_ONE_SCRIPT * letters) {
            return "Japanese script";
        }
        return count >= OF_ONE_SCRIPT * letters ? name(most) + " script" : UNKNOWN;
    }

    private static int count(Map<UnicodeScript, int[]> scripts, UnicodeScript script) {
        int[] counted = scripts.get(script);
        return counted == null ? 0 : counted[0];
    }

    private static String name(UnicodeScript script) {
        String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private String language(Words words) {
        if (words.count() < WORDS) {
            return UNKNOWN;
        }
        int[] hits = new int[NAMES.size()];
        for (int w = 0; w < words.count(); w++) {
            int place = places.get(words.hash(w));
            if (place >= 0) {
                for (int language = 0; language < hits.length; language++) {
                    hits[language] += (languages[place] >> language) & 1;
                }
            }
        }
        int best = 0;
        int second = -1;
        for (int language = 1; language < hits.length; language++) {
            if (hits[language] > hits[best]) {
                second = best;
                best = language;
            } else if (second < 0 || hits[language] > hits[second]) {
                second = language;
            }
        }
        boolean told = hits[best] >= HITS
                && hits[best] >= SHARE * words.count()
                && (second < 0 || hits[best] >= AHEAD * hits[second]);
        return told ? NAMES.get(best) : UNKNOWN;
    }
}
