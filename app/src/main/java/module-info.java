/** The command line. */
module dev.auscult.app {
    requires static transitive org.jspecify;
    requires dev.auscult.diagnose;
    requires dev.auscult.intake;
    requires dev.auscult.run;
    requires info.picocli;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.databind;
}
