package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** The table of chunk states, move by move: which the sweep took, and which test takes the others. */
final class Moves {

    private static final String TABLE = "AChunkMovesAsTheTableSaysTest";
    /** Moves that a sweep seldom takes, and a test of the runner that always does. */
    private static final Map<String, String> TESTS = Map.ofEntries(
            Map.entry("CREATING OPEN", "ProvidersWithoutAListingTest: anOpenCreateWaitsForAPersonWhoNamesItsBatch"),
            Map.entry("OPEN WATCHED", "ProvidersWithoutAListingTest: anOpenCreateWaitsForAPersonWhoNamesItsBatch"),
            Map.entry("OPEN UPLOADED", "ProvidersWithoutAListingTest: orResumesAndMayPayTwice"),
            Map.entry("OPEN COLLECTED", "ProvidersWithoutAListingTest: orCancelsAndTakesItsLinesAsMissing"),
            Map.entry("WATCHED GONE", "AJobCanAlwaysBeEndedTest: ifItsBatchIsGone"),
            Map.entry("GONE COLLECTED", "AJobCanAlwaysBeEndedTest: ifItsBatchIsGone"),
            Map.entry("WATCHED COLLECTED",
                    "AJobCanAlwaysBeEndedTest: andNamesTheBatchesThatMayStillRunWhichCanBeReadLater"),
            Map.entry("DONE CREATING", "AJobCanAlwaysBeEndedTest: andABatchWhoseCreateHadNoAnswerIsLookedForLater"),
            Map.entry("DONE WATCHED", "AJobCanAlwaysBeEndedTest: andNamesTheBatchesThatMayStillRunWhichCanBeReadLater"),
            Map.entry("ENDED REFUSED",
                    "WhatABatchBringsIsReadTest: aBatchThatRanNothingPausesWithItsReasonAndIsCreatedAgainOnResume"),
            Map.entry("REFUSED UPLOADED",
                    "WhatABatchBringsIsReadTest: aBatchThatRanNothingPausesWithItsReasonAndIsCreatedAgainOnResume"),
            Map.entry("UPLOADED WATCHED",
                    "NoBatchIsCreatedTwiceTest: ifABatchOfAWaitingFileIsThereFromBeforeARestoreOfTheStore"));

    private Moves() {
    }

    static List<String> report(Set<String> taken) {
        return Arrays.stream(ChunkState.values()).flatMap(from -> from.next().stream().map(to -> from + " " + to)).sorted()
                .map(move -> (taken.contains(move) ? "moved " : "not moved ") + move
                        + (taken.contains(move) ? "" : ", but in " + TESTS.getOrDefault(move, TABLE)))
                .toList();
    }

    /** Moves that were taken and are not in the table. */
    static List<String> forbidden(Set<String> taken) {
        return taken.stream().filter(move -> !move.startsWith("NEW "))
                .filter(move -> Arrays.stream(ChunkState.values())
                        .noneMatch(from -> from.next().stream().anyMatch(to -> move.equals(from + " " + to))))
                .sorted().toList();
    }
}
