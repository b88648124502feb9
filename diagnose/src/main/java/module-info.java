/** Judges a run: rules, findings, rule pages. */
module dev.auscult.diagnose {
    requires static transitive org.jspecify;
    requires transitive dev.auscult.run;

    exports dev.auscult.diagnose;
    exports dev.auscult.diagnose.cause;
    exports dev.auscult.diagnose.measure;
}
