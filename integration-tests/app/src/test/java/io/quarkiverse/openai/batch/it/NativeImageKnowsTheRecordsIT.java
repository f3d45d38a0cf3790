package io.quarkiverse.openai.batch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

class NativeImageKnowsTheRecordsIT {

    private static NativeSources sources;

    @BeforeAll
    static void readSources() throws IOException {
        sources = NativeSources.read();
    }

    @Test
    void ofTheWire() throws IOException, URISyntaxException {
        List<Class<?>> records = recordsBeside(Batch.class);
        assertThat(records).hasSizeGreaterThan(10).contains(Batch.class);
        assertThat(records).allSatisfy(sources::assertCanBeMadeAndCalled);
    }

    @Test
    void andTheBodiesOfRequests() {
        sources.assertCanBeCalled(RequestBody.class);
        assertThat(RequestBody.class.getPermittedSubclasses()).contains(ChatBody.class)
                .allSatisfy(sources::assertCanBeLookedAt);
    }

    /** A schema needs a dependency that is optional; without it, an image cannot be built of what calls it. */
    @Test
    void butCallsNoMethodOfABodyUnlessTheApplicationDoes() {
        assertThat(RequestBody.class.getPermittedSubclasses()).noneMatch(sources::canBeCalled);
    }

    @Test
    void andTheRowsOfJobsWithAllThatTheyHold() throws IOException, URISyntaxException {
        Set<Class<?>> kept = new TreeSet<>(Comparator.comparing(Class::getName));
        recordsBeside(JobStore.class).forEach(row -> addOurs(row, kept));
        assertThat(kept).filteredOn(Class::isRecord).hasSizeGreaterThan(5);
        assertThat(kept).filteredOn(Class::isEnum).hasSizeGreaterThan(1);
        assertThat(kept).allSatisfy(sources::assertCanBeMadeAndCalled);
    }

    @Test
    void andWhatTheApplicationSaysItself() {
        assertThat(List.of(Sentiment.class, Sentiment.Label.class)).allSatisfy(sources::assertCanBeMadeAndCalled);
    }

    private static List<Class<?>> recordsBeside(Class<?> one) throws IOException, URISyntaxException {
        return ClassesBeside.of(one).stream().filter(Class::isRecord).toList();
    }

    /** The type, if it is of this project, and the types that it holds. */
    private static void addOurs(Type type, Set<Class<?>> kept) {
        if (type instanceof ParameterizedType generic) {
            addOurs(generic.getRawType(), kept);
            List.of(generic.getActualTypeArguments()).forEach(argument -> addOurs(argument, kept));
        } else if (type instanceof GenericArrayType array) {
            addOurs(array.getGenericComponentType(), kept);
        } else if (type instanceof Class<?> plain && plain.isArray()) {
            addOurs(plain.getComponentType(), kept);
        } else if (type instanceof Class<?> ours && ours.getName().startsWith("io.quarkiverse.") && kept.add(ours)
                && ours.isRecord()) {
            for (RecordComponent component : ours.getRecordComponents()) {
                addOurs(component.getGenericType(), kept);
            }
        }
    }
}
