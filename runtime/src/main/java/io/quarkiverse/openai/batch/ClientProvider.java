package io.quarkiverse.openai.batch;

import java.util.Optional;

/**
 * Gives clients whose keys are known only while the application runs, such as those of its customers. A bean of this type is
 * asked for a client of a name that is not configured: when a job is submitted with {@code JobSpec.client(name)}, and after a
 * restart, on any process, when such a job continues.
 *
 * <pre>
 * &#64;ApplicationScoped
 * class Customers implements ClientProvider {
 *
 *     public Optional&lt;OpenAiBatch&gt; client(String name) {
 *         return keys.find(name).map(key -&gt; OpenAiBatch.builder().apiKey(key).accountId(name).build());
 *     }
 * }
 * </pre>
 *
 * Clients of different customers need different {@linkplain OpenAiBatchBuilder#accountId account ids}, so that their limits are
 * told apart and no job of one is paid by another.
 */
public interface ClientProvider {

    /**
     * The client of a name. It is kept, and closed when the application stops; so a key that changes needs an
     * {@link AuthProvider}.
     *
     * @param name as a job or collector names it
     * @return a client of {@link OpenAiBatch#builder()}; empty if the name is not known, after which other beans are asked
     */
    Optional<OpenAiBatch> client(String name);
}
