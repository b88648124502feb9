package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void theFirstSourceWins() {
        Settings settings = Settings.builder()
                .put(Setting.EPOCHS, "10")
                .put(Setting.EPOCHS, "20")
                .build();
        assertThat(settings.number(Setting.EPOCHS)).hasValue(10);
    }

    @Test
    void textThatIsNoNumberIsNoNumber() {
        Settings settings =
                Settings.builder().put(Setting.LEARNING_RATE, "auto").build();
        assertThat(settings.number(Setting.LEARNING_RATE)).isEmpty();
        assertThat(settings.text(Setting.LEARNING_RATE)).hasValue("auto");
        assertThat(settings.isOn(Setting.LEARNING_RATE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0.0", "False", "none", "null", "[]"})
    void switchedOff(String value) {
        Settings settings = Settings.builder().put(Setting.FROZEN, value).build();
        assertThat(settings.isOn(Setting.FROZEN)).isFalse();
    }
}
