package io.quarkiverse.openai.batch.runtime.job.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class PlacesOfIdsTest {

    private final PlacesOfIds places = new PlacesOfIds();

    private List<Long> all(long hash) {
        List<Long> found = new ArrayList<>();
        places.find(hash, place -> {
            found.add(place);
            return 0;
        });
        return found;
    }

    @Test
    void eachOfManyIsFound() {
        LongStream.rangeClosed(1, 100_000).forEach(n -> places.put(PlacesOfIds.hash("id-" + n), n, place -> true));
        assertThat(LongStream.rangeClosed(1, 100_000).filter(n -> !all(PlacesOfIds.hash("id-" + n)).contains(n))).isEmpty();
        assertThat(all(PlacesOfIds.hash("unknown"))).isEmpty();
    }

    @Test
    void thoseOfEqualHashesAreAllLookedAt() {
        LongStream.rangeClosed(1, 3_000).forEach(n -> places.put(7, n, place -> true));
        assertThat(all(7)).hasSize(3_000);
        assertThat(places.find(7, place -> place == 2_000 ? 42 : 0)).isEqualTo(42);
        assertThat(places.find(8, place -> place)).isZero();
    }

    @Test
    void placesThatAreNotKeptMakeRoom() {
        for (long n = 1; n <= 1_000_000; n++) {
            long latest = n;
            places.put(n, n, place -> place > latest - 100);
        }
        assertThat(all(1_000_000)).containsExactly(1_000_000L);
        assertThat(all(1)).isEmpty();
    }
}
