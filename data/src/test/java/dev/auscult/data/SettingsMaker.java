package dev.auscult.data;

import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings.Audio;
import dev.auscult.data.DataSettings.Augment;
import dev.auscult.data.DataSettings.Sequence;
import dev.auscult.data.DataSettings.Text;
import dev.auscult.data.DataSettings.Validation;
import org.jspecify.annotations.Nullable;

/** Makes settings for tests: the defaults, but for what is said. */
public final class SettingsMaker {
    public static final Validation FIFTH = new Validation(0.2, true, null, 0, 0, null, null);
    public static final Validation NONE = new Validation(0, true, null, 0, 0, null, null);

    private final String train;
    private @Nullable String test;
    private @Nullable String format;
    private List<String> target = List.of();
    private @Nullable Task task;
    private @Nullable Boolean header;
    private @Nullable String separator;
    private List<String> columns = List.of();
    private List<String> drop = List.of();
    private Map<String, String> types = Map.of();
    private Validation validation = FIFTH;
    private String normalize = "standard";
    private double divide = 1;
    private boolean normalizeTarget;
    private String missing = "impute";
    private String encode = "one-hot";
    private String imbalance = "none";
    private DataSettings.@Nullable Generate generate;
    private @Nullable Text text;
    private @Nullable Audio audio;
    private @Nullable Sequence sequence;
    private long memory = 1L << 30;

    private SettingsMaker(String train) {
        this.train = train;
    }

    public static SettingsMaker train(String train) {
        return new SettingsMaker(train);
    }

    public SettingsMaker test(String file) {
        test = file;
        return this;
    }

    public SettingsMaker format(String name) {
        format = name;
        return this;
    }

    public SettingsMaker target(String... names) {
        target = List.of(names);
        return this;
    }

    public SettingsMaker task(Task asked) {
        task = asked;
        return this;
    }

    public SettingsMaker header(boolean yes) {
        header = yes;
        return this;
    }

    public SettingsMaker separator(String given) {
        separator = given;
        return this;
    }

    public SettingsMaker columns(String... names) {
        columns = List.of(names);
        return this;
    }

    public SettingsMaker drop(String... names) {
        drop = List.of(names);
        return this;
    }

    public SettingsMaker types(Map<String, String> byName) {
        types = byName;
        return this;
    }

    public SettingsMaker validation(Validation given) {
        validation = given;
        return this;
    }

    public SettingsMaker normalize(String how) {
        normalize = how;
        return this;
    }

    public SettingsMaker divide(double by) {
        normalize = "divide";
        divide = by;
        return this;
    }

    public SettingsMaker normalizeTarget() {
        normalizeTarget = true;
        return this;
    }

    public SettingsMaker missing(String how) {
        missing = how;
        return this;
    }

    public SettingsMaker encode(String how) {
        encode = how;
        return this;
    }

    public SettingsMaker imbalance(String how) {
        imbalance = how;
        return this;
    }

    public SettingsMaker generate(DataSettings.Generate given) {
        generate = given;
        return this;
    }

    public SettingsMaker text(String tokenizer, int vocabulary, int length, String... textColumns) {
        text = new Text(List.of(textColumns), tokenizer, vocabulary, length);
        return this;
    }

    public SettingsMaker audio(Audio given) {
        audio = given;
        return this;
    }

    public SettingsMaker sequence(int length, int stride, int horizon) {
        sequence = new Sequence(length, stride, horizon);
        return this;
    }

    public SettingsMaker memory(long bytes) {
        memory = bytes;
        return this;
    }

    public DataSettings make() {
        List<Augment> augment = List.of();
        return new DataSettings(
                train,
                test,
                format,
                target,
                task,
                header,
                separator,
                columns,
                drop,
                types,
                validation,
                normalize,
                divide,
                normalizeTarget,
                missing,
                encode,
                true,
                augment,
                imbalance,
                generate,
                text,
                null,
                audio,
                sequence,
                memory);
    }
}
