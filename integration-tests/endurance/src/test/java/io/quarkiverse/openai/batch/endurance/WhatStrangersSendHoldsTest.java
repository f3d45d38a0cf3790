package io.quarkiverse.openai.batch.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.endurance.tried.Tried;

/** The areas of {@link Tried} that need no packaged tool, and little time. */
class WhatStrangersSendHoldsTest {

    @Test
    void atTheEmulator() throws Exception {
        assertThat(Tried.run(List.of("requests", "lines"), null, 2, "")).isZero();
    }
}
