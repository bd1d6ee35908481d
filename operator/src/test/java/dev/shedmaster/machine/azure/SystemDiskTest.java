package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A disk has room for what jobs may count on, the file system and the system")
class SystemDiskTest {

    @ParameterizedTest
    @CsvSource({
        "1,",
        "20,",
        "21, 35",
        "24, 35",
        "25, 36",
        "100, 118",
        "101, 120",
        "3700, 4078",
    })
    void inGibibytes(int free, @Nullable Integer size) {
        assertThat(SystemDisk.sizeFor(free)).isEqualTo(size);
    }
}
