/**
 * The records of the wire: what the Batch and Files operations of OpenAI and compatible providers take and answer.
 * <p>
 * Reading is lenient: unknown fields are kept or ignored, a missing field is null, timestamps and errors may have any of the
 * forms that providers send. Writing is strict: an unset field is left out. The names are those of the OpenAPI document
 * (openai-openapi, 2026-08-21).
 */
package io.quarkiverse.openai.batch.model;
