/** The command line. */
module dev.auscult.app {
    requires static transitive org.jspecify;
    requires dev.auscult.diagnose;
    requires dev.auscult.intake;
    requires dev.auscult.repair;
    requires dev.auscult.run;
    requires dev.auscult.train;
    requires info.picocli;
    requires java.desktop;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.databind;
}
