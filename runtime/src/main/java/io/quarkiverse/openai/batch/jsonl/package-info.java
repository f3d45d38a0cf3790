/**
 * The lines of a batch's files: typed requests and results, written and read in constant memory, and checked before they are
 * sent. Needs Jackson and nothing else; a schema generator and a tokenizer are optional.
 * <p>
 * {@link io.quarkiverse.openai.batch.jsonl.RequestWriter} writes, {@link io.quarkiverse.openai.batch.jsonl.RequestValidator}
 * checks, {@link io.quarkiverse.openai.batch.jsonl.JsonlReader} reads, and
 * {@link io.quarkiverse.openai.batch.jsonl.ResultIndex} joins results to requests.
 */
package io.quarkiverse.openai.batch.jsonl;
