package io.quarkiverse.openai.batch.runtime.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AChunkMovesAsTheTableSaysTest {

    /** Each state, and those that may come next. */
    private static final String TABLE = """
            SPOOLED      UPLOADING COLLECTED
            UPLOADING    UPLOADED COLLECTED
            UPLOADED     ADMITTED WATCHED COLLECTED
            ADMITTED     UPLOADED CREATING WATCHED COLLECTED
            CREATING     UPLOADED OPEN WATCHED COLLECTED
            OPEN         UPLOADED WATCHED COLLECTED
            WATCHED      ENDED GONE COLLECTED
            ENDED        UPLOADED REFUSED GONE COLLECTED
            REFUSED      UPLOADED COLLECTED
            GONE         WATCHED COLLECTED
            COLLECTED    HANDED_OVER DONE
            HANDED_OVER  DONE
            RERUNNING    HANDED_OVER DONE
            DONE         CREATING WATCHED RERUNNING
            """;

    @Test
    void theTable() {
        String table = Arrays.stream(ChunkState.values()).map(state -> "%-12s %s%n".formatted(state,
                state.next().stream().sorted().map(Enum::name).collect(Collectors.joining(" "))))
                .collect(Collectors.joining());
        System.out.println(table);
        assertThat(table).isEqualToNormalizingNewlines(TABLE);
    }

    @ParameterizedTest
    @EnumSource
    void andNotOtherwise(ChunkState state) {
        ChunkRow chunk = Rows.in(state, Rows.chunk("a", 1));
        assertThat(chunk.in(state)).isEqualTo(chunk);
        for (ChunkState next : ChunkState.values()) {
            if (state.next().contains(next)) {
                assertThat(chunk.in(next).state()).isEqualTo(next);
            } else if (next != state) {
                assertThatThrownBy(() -> chunk.in(next)).isInstanceOf(IllegalStateException.class)
                        .hasMessage("Chunk a/1 cannot go from %s to %s", state, next);
            }
        }
    }

    /** The way from state to state needs no other state to be entered twice. */
    @ParameterizedTest
    @EnumSource
    void eachLeadsToTheEnd(ChunkState state) {
        ChunkState reached = state;
        for (int moves = 0; reached != ChunkState.DONE; moves++) {
            assertThat(moves).isLessThan(ChunkState.values().length);
            reached = reached.next().stream().max(Enum::compareTo).orElseThrow();
        }
    }
}
