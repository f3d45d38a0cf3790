/**
 * What the pages of the Dev UI and the tools of Dev MCP call. It is there in dev mode only: no packaged application has this
 * module. Expected problems, such as an unknown job, are returned as values, since Quarkus logs what is thrown; nothing
 * returned
 * has a key, and a prompt or an answer only where a method is for that.
 */
package io.quarkiverse.openai.batch.runtime.dev;
