package io.exitpool.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void shouldAlignNumbersAndWriteThemOut() {
        Table table = new Table("variant", "events/s", "ratio").row("a", 1234567, 0.987);

        table.row("longer than the header", 12, 12.34).row("b", 0L, 1234.4);

        assertThat(table.toString())
                .isEqualTo(
                        """
                        variant                  events/s  ratio
                        a                       1,234,567   0.99
                        longer than the header         12   12.3
                        b                               0  1,234\
                        """);
    }

    @Test
    void shouldRefuseARowThatDoesNotFit() {
        assertThatThrownBy(() -> new Table("one").row(1, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
