package dev.auscult.data.profile;

/** Is told how far a long work has come. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (what, share) -> {};

    /**
     * The work goes on.
     *
     * @param what what is being done: {@code reading train.csv}
     * @param share how much of it is done, 0..1; NaN if unknown
     */
    void at(String what, double share);
}
