package io.quarkiverse.openai.batch.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

@TopCommand
@Command(name = "openai-batch", mixinStandardHelpOptions = true, versionProvider = Version.class, subcommands = {
        RunCommand.class, CheckCommand.class, ListCommand.class, ShowCommand.class, ResultsCommand.class,
        PauseCommand.class, ResumeCommand.class, RerunCommand.class,
        CancelCommand.class, BatchesCommand.class }, synopsisSubcommandLabel = "COMMAND", description = {
                "Runs LLM requests through the Batch API of OpenAI and compatible providers.",
                "The provider and its key are configured as for any Quarkus application:",
                "by OPENAI_API_KEY, QUARKUS_OPENAI_BATCH_BASE_URL, QUARKUS_OPENAI_BATCH_API_KEY, …" })
class BatchCommand {
}
