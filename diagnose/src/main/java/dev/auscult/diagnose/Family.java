package dev.auscult.diagnose;

/** What a rule is about; the name is the prefix of its code. */
public enum Family {
    LOS("loss dynamics"),
    LRN("learning rate"),
    FIT("generalisation"),
    GRD("gradients"),
    ACT("activations"),
    WGT("weights and updates"),
    NUM("numerics"),
    DAT("data"),
    ARC("architecture"),
    EVL("evaluation"),
    RES("speed and memory"),
    LOG("gaps in what was logged"),
    BUG("programming errors");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
